"""A corpus on a PostgreSQL server: the tables of `tables`, asked by the row as those of a file are.

    load("postgresql:///facts")     the corpus that `xjfacts export postgres | psql facts` put there

Who may ask, and by which password, is for the server and for libpq to know: it reads PGPASSFILE, PGSERVICE and whatever
else it always reads. What an error says of a server is at most its host, port and database; never a user or a password.

All questions of a run see the facts of one moment: they are one transaction that can only read. Between questions the
server may end it; the next one then begins another, if the facts are still the same. No question waits for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar
from weakref import finalize

from msgspec import MsgspecError
from msgspec.msgpack import decode

from xjfacts.corpus.fulltext import TABLES
from xjfacts.corpus.index import Corpus
from xjfacts.corpus.sealed import AT_ONCE, seal
from xjfacts.corpus.snapshot import Snapshot
from xjfacts.corpus.tables import VERSION
from xjfacts.errors import UnreadableFacts

if TYPE_CHECKING:
    from types import ModuleType

    from psycopg import Connection, ServerCursor

    Rows = list[tuple[Any, ...]]

Value = TypeVar("Value")

PATIENCE = 10  # seconds for a connection, unless the address or the environment says otherwise
LONGEST = 60  # seconds for a query
IDLE = 60  # seconds in which nothing is asked: whoever loads new facts waits for all that still read the old ones
AT_A_TIME = 500  # rows that are fetched together

# Every question has an index that answers it. A word that stands nowhere would be looked for in every row otherwise,
# since the server takes it for a common one; and for a word that is misspelt there are hundreds of these. What is read
# whole, because it has one row, then seems dear enough to be compiled, which it is not.
_SESSION = """
begin isolation level repeatable read, read only;
set local search_path = xjfacts_kept;
set local enable_seqscan = off;
set local jit = off;
set local statement_timeout = '{longest}s';
set local idle_in_transaction_session_timeout = '{idle}s';
set local client_encoding = 'UTF8'
"""

# By which the words of a place are told in a `tsvector` from those of others, in the order of `fulltext.TABLES`. What
# is asked for is folded: letters and digits, which are no syntax.
WEIGHTS = "ABCD"
_MATCH = "select {} from {} where words @@ %s::tsquery"
_IN_PLACE = "array_agg(at) filter (where words @@ %s::tsquery)"
_KNOWN = "select word from unnest(%s::text[]) as word where {}"
_STANDS = "exists (select from {} where words @@ word::tsquery)"

DAMAGED = "they are not as 'xjfacts export postgres' writes them; load them again"
_REFUSALS = {  # what the server says, as far as it speaks English, and what it means for who asks
    "no password supplied": "it wants a password, and none was found (see PGPASSFILE)",
    "authentication failed": "it does not accept the user and password that it was given",
    "no pg_hba.conf entry": "it lets nobody in from here",
    "too many c": "it has no room for one more client",
    "connection slots": "it has no room for one more client",
    "role ": "it does not know the user",
    "database ": "it has no such database",
    "starting up": "it is starting",
    "shutting down": "it is shutting down",
}


def load(address: str) -> Corpus:
    """Return the corpus that is on a server. Raises UnreadableFacts where it has none to be asked for."""
    server = Server(address)

    def give_up() -> NoReturn:
        raise server.error(DAMAGED)

    return Snapshot(server, give_up)


class Server:
    """A keeper on a PostgreSQL server, connected as long as somebody may ask it for a row."""

    def __init__(self, address: str) -> None:
        self._psycopg = _psycopg()
        self._numbers = count()
        self._place = "postgresql://…"
        self._settings = self._parse(address)
        self._place = _place(self._settings)
        self._connection = self._connect()
        self.stamp = self._stamp()

    # What a keeper is asked

    def row(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        found = self._fetch(query, values)
        return found[0] if found else None

    def known_row(self, query: str, *values: Any) -> tuple[Any, ...]:
        found = self.row(query, *values)
        if found is None:
            raise self.error(DAMAGED)
        return found

    def rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        try:
            with self._patiently(lambda connection: self._cursor(connection, query, values)) as cursor:
                for row in cursor:
                    yield self._unsealed(row)
        except self._psycopg.Error as error:
            raise self._broken(error) from None

    def rows_in(self, query: str, among: Collection[str | int], *values: Any) -> Iterator[tuple[Any, ...]]:
        wanted = list(among)
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            yield from self._fetch(query.format(", ".join("?" * len(some))), (*values, *some))

    def look_through(self) -> None:
        """Do nothing: a server answers for its tables as a whole."""

    def known_words(self, words: Collection[str], *, in_print: bool) -> set[str]:
        tables = ("imprint",) if in_print else ("text", "named")
        query = _KNOWN.format(" or ".join(map(_STANDS.format, tables)))
        return {word for (word,) in self._execute(query, (list(words),))}

    def matching(self, table: str, words: str) -> dict[str, list[int]]:
        places = TABLES[table]
        marks = [f":{weight}" for _, weight in zip(places, WEIGHTS, strict=False)]
        phrases = [" <-> ".join(word + mark for word in words.split()) for mark in (*marks, "")]
        query = _MATCH.format(", ".join([_IN_PLACE] * len(places)), table)
        (found,) = self._execute(query, tuple(phrases))  # one query, for only the rows know where the words stand
        return {place: numbers or [] for place, numbers in zip(places, found, strict=True)}

    def error(self, reason: str) -> UnreadableFacts:
        """Return the error that says why the facts cannot be had."""
        return UnreadableFacts(f"the facts of {self._place} cannot be read: {reason}")

    # How they are fetched

    def _fetch(self, query: str, values: tuple[Any, ...]) -> Rows:
        return [self._unsealed(row) for row in self._execute(_in_dialect(query), _plain(values))]

    def _execute(self, query: str, values: tuple[Any, ...]) -> Rows:
        try:
            return self._patiently(lambda connection: connection.execute(query, values, binary=True).fetchall())
        except self._psycopg.Error as error:
            raise self._broken(error) from None

    def _cursor(
        self, connection: Connection[tuple[Any, ...]], query: str, values: tuple[Any, ...]
    ) -> ServerCursor[tuple[Any, ...]]:
        """Open a cursor on the server, from which rows are fetched as they are wanted."""
        cursor = connection.cursor(f"rows_{next(self._numbers)}")
        cursor.itersize = AT_A_TIME
        return cursor.execute(_in_dialect(query), _plain(values), binary=True)

    def _patiently(self, do: Callable[[Connection[tuple[Any, ...]]], Value]) -> Value:
        """Do something on the connection; once more on a new one, where the server has closed the old one meanwhile."""
        try:
            return do(self._alive())
        except self._psycopg.OperationalError:
            if not self._connection.broken:
                raise
            return do(self._alive())

    def _alive(self) -> Connection[tuple[Any, ...]]:
        """Return the connection, or where the server has closed it, another one to the same facts."""
        if self._connection.closed:
            self._connection = self._connect()
            if self._stamp() != self.stamp:
                raise UnreadableFacts("the facts were changed while they were read; ask again")
        return self._connection

    def _unsealed(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        *values, checksum = row
        if seal(values) != checksum:
            raise self.error(DAMAGED)
        return tuple(values)

    def _parse(self, address: str) -> dict[str, Any]:
        try:
            settings: dict[str, Any] = self._psycopg.conninfo.conninfo_to_dict(address)
        except self._psycopg.Error:  # whose text repeats the address, password and all
            raise UnreadableFacts("the facts cannot be read: this is no address of a PostgreSQL server") from None
        return {"connect_timeout": PATIENCE} | settings

    def _connect(self) -> Connection[tuple[Any, ...]]:
        try:
            connection: Connection[tuple[Any, ...]] = self._psycopg.connect(
                **self._settings, autocommit=True, application_name="xjfacts"
            )
            finalize(self, connection.close)
            connection.execute(_SESSION.format(longest=LONGEST, idle=IDLE))
        except self._psycopg.Error as error:
            raise self.error(_refusal(str(error))) from None
        return connection

    def _stamp(self) -> tuple[str, int, int]:
        """Return the SHA-256 of the facts and the numbers of documents and facts, if they are such as we ask for."""
        try:
            execute = self._connection.execute
            if execute("select to_regclass('head')").fetchone() == (None,):
                raise self.error(
                    "there are none, or not for this user; 'xjfacts export postgres | psql' brings them there"
                )
            found = dict(row[:2] for row in execute("select name, content, seal from head").fetchall())
            version = decode(found["version"])
            sha256, documents, facts = decode(found["stamp"], type=tuple[str, int, int])
        except self._psycopg.Error as error:
            raise self._broken(error) from None
        except (KeyError, MsgspecError):
            raise self.error(DAMAGED) from None
        if version != VERSION:
            raise self.error(
                f"their schema has the version {version}, and this xjfacts asks for {VERSION}; load them again"
            )
        return sha256, documents, facts

    def _broken(self, error: Exception) -> UnreadableFacts:
        """Return the error for a question that the server did not answer; the next one is asked anew."""
        self._connection.close()
        errors = self._psycopg.errors
        if isinstance(error, (errors.UndefinedTable, errors.UndefinedColumn)):
            return self.error(DAMAGED)
        if isinstance(error, errors.InsufficientPrivilege):
            return self.error("the user may not read them")
        if isinstance(error, errors.QueryCanceled):
            return self.error("the answer took too long")
        return self.error("the server went away")


@lru_cache
def _in_dialect(query: str) -> str:
    return query.replace("%", "%%").replace("?", "%s")


def _plain(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return values as SQLite takes them too: it has no truth but 0 and 1."""
    return tuple(int(value) if isinstance(value, bool) else value for value in values)


def _psycopg() -> ModuleType:
    try:
        import psycopg
    except ImportError:
        message = "the facts of a server cannot be read without psycopg: install xjfacts[postgres]"
        raise UnreadableFacts(message) from None
    return psycopg


def _place(settings: dict[str, Any]) -> str:
    """Return an address for people, without a user, a password or anything else that was set."""
    host, port = settings.get("host", ""), settings.get("port", "")
    return f"postgresql://{host}{port and f':{port}'}/{settings.get('dbname', '')}"


def _refusal(said: str) -> str:
    return next((meaning for words, meaning in _REFUSALS.items() if words in said), "the server does not answer")
