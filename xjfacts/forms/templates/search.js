// Finds names and facts in names.js, which stands beside it: nothing is asked of any server.
"use strict";
(() => {
  const MOST = 100; // results shown; whoever wants more gives another word
  const KINDS = { e: "entities/", d: "documents/", f: "facts/" };
  // One form for all spellings of a word: no accents, no case, no apostrophes.
  const plain = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’ʻʼ`]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const rows = window.xjfactsNames.map(([kind, id, title, about, names]) => {
    const forms = [title, ...names].map(plain);
    return { kind, id, title, about, forms, hay: ` ${forms.join("  ")} ` };
  });
  const box = document.getElementById("q");
  const told = document.getElementById("told");
  const list = document.getElementById("found");

  // Entities before documents before facts; a name that is the question, or begins as it does, before one that holds it.
  const worth = (row, asked, words) => {
    let score = row.kind === "e" ? 40 : row.kind === "d" ? 10 : 0;
    if (row.forms.includes(asked)) score += 100;
    else if (row.forms.some((form) => form.startsWith(asked))) score += 50;
    return score + words.filter((word) => row.hay.includes(` ${word} `)).length;
  };

  const line = (row) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${KINDS[row.kind]}${row.id}.html`;
    link.textContent = row.title;
    link.dir = "auto";
    const about = document.createElement("span");
    about.className = "when";
    about.textContent = ` ${row.about}`;
    item.append(link, about);
    return item;
  };

  const search = () => {
    const asked = plain(box.value);
    const words = asked.split(" ").filter(Boolean);
    const found = words.length ? rows.filter((row) => words.every((word) => row.hay.includes(word))) : [];
    const scores = new Map(found.map((row) => [row, worth(row, asked, words)]));
    found.sort((one, other) => scores.get(other) - scores.get(one) || (one.id < other.id ? -1 : 1));
    list.replaceChildren(...found.slice(0, MOST).map(line));
    told.textContent = !words.length ? "" : !found.length ? "Nothing here holds these words."
      : found.length > MOST ? `${found.length} found, the first ${MOST} shown` : `${found.length} found`;
    try {
      history.replaceState(null, "", words.length ? `?q=${encodeURIComponent(box.value)}` : location.pathname);
    } catch { /* some browsers keep the address of a local file as it is */ }
  };

  const move = (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [box, ...list.querySelectorAll("a")];
    const next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (!links.includes(document.activeElement) || !links[next]) return;
    event.preventDefault();
    links[next].focus();
  };

  box.value = new URLSearchParams(location.search).get("q") || "";
  box.addEventListener("input", search);
  box.form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  document.addEventListener("keydown", move);
  search();
})();
