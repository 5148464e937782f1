"""Given names that are everywhere: by itself one of them is no surname, nor a slip of one; and those of women.

Most stand in the lists of three languages or more of Faker (MIT); the Uyghur, Arabic and Russian ones were added by
hand, and of those of women some that are common in one language.
"""

from __future__ import annotations

from collections.abc import Collection

_OF_WOMEN = frozenset(["madame", "miss", "mrs", "ms"])
_OF_MEN = frozenset(["monsieur", "mr"])


def suits(titles: Collection[str], words: Collection[str]) -> bool:
    """Tell whether somebody who has these words in their names is meant by a bare surname behind a title.

    Ms is the title of who has the given name of a woman, Mr of all others: most whom the facts name are men.
    """
    if _OF_WOMEN.isdisjoint(titles) and _OF_MEN.isdisjoint(titles):
        return True
    return _OF_WOMEN.isdisjoint(titles) == WOMEN.isdisjoint(words)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_MEN = _words(
    "gul jan khan lee ray shah "
    "aaron abbas abdallah abdel abdelkader abdukerim abdul abdulaziz abdulla abdullah abdulrahman abdurahman "
    "abdurehim abdureshid abdurrahman abduweli abel ablet ablikim ablimit abliz abraham adalberto adam adil adnan "
    "adrian agustin ahat ahmad ahmed ahmet akhmad akhmed akram alan albert alberto albin aldo alejandro aleksander "
    "aleksandr aleksei alex alexander alexandre alexei alexis alfonso alfred alfredo ali alim alimjan allan alonso "
    "alvaro alvin amir ammar anas anatoly anders andre andrea andreas andrei andres andrew andrey andrzej andy angel "
    "angelo anthony antoine anton antonio anwar arafat ariel arkin armando arne aron arthur artur arturo ashley "
    "ashraf aslan august augustin augusto aurelio aziz bahram batur benito benjamin bernard bernardo bilal billy "
    "birger bjorn bogdan boleslav boris brandon branko brett brian bruce bruno bryan caleb cameron camilo carl carlo "
    "carlos carmelo casper cesar charles charlie chris christian christopher ciro claude claudio clifford colin "
    "connie connor craig cristian cristobal curt dale damian dana daniel daniele danilo danny dante dario darius "
    "darko darren david denis dennis diego dieter dilshat dino dmitri dmitry dominic dominik donald douglas dragan "
    "duncan dusan dylan edgar eduard eduardo edvard edward edwin einar ekber ekrem eli elias elijan elliot elvin "
    "elvis emanuel emet emil emilio emin emmanuel enrico enrique enver enzo eric erik erkin erling ernest ernesto "
    "ernst esset esteban ethan eugen eugene eugenio evgeny exmet fabian fabio faisal farid faris farouk fathi "
    "federico felipe felix ferdinand fernando fidel filip finn flavio florian frances francesco francis francisco "
    "franco francois franjo frank franz fred freddy frederic frederick friedrich fuad fyodor gabriel gary gavin "
    "gennady geoffrey georg george georges gerald gerard gerardo gerd gerhard german geronimo gert ghalip ghassan "
    "gheni gilberto giovanni glen glenn gonzalo goran gordon graham gregorio gregory grigory guido guillermo gunnar "
    "gunter gustav gustavo habib haider hakim hamid hamza hans harald harold haroon harrison harry hasan hashim "
    "hassan hector heinrich helge helil henri henrik henry herbert hernan hesen heyrulla hisham holger horacio horst "
    "howard hubert hugh hugo humberto hussein ian ibrahim idris ignacio igor ilham ilhan imam imin imran iqbal isaac "
    "ismael ismail ismayil ismet israil issa ivan jaafar jabir jack jacob jacques jaime jake jakob jamal james jamie "
    "janko jappar jari jason javier jay jean jeff jeffrey jelil jens jeremy jerome jerry jesper jesse jesus jim jimmy "
    "joachim joakim joan joao joaquin jocelyn joe joel johan johann johannes john johnny jonas jonatan jonathan "
    "jordan jorg jorge jorgen jose josef joseph joshua josip josue jozef juan julian julio julius juret jurgen justin "
    "kamil kareem kari karim karl karol kasper keith kelly kenneth kent kerim kerry kevin khalid khalil kim klaus "
    "knut konrad konstantin kristian krzysztof kurban kurt kyle ladislav lars lasse latif laurent lawrence leandro "
    "leif leon leonard leonardo leonel leonid leopold leslie levi lewis liam lindsey logan lorenzo louis luca lucas "
    "luciano ludwig luigi luis luka lukas luke magnus mahdi mahmood mahmoud mahmud mahmut majid malcolm malik manfred "
    "mansour manuel marc marcel marcio marco marcos marcus marek marian mariano marijan mario marius mark marko "
    "markus martin marwan mason matej mateo mathias matias matteo matthew matthias maurice mauricio mauro max maxim "
    "maximilian mehdi mehmet mehmud mehmut memet memetjan memtimin metin michael michal micheal michel michele miguel "
    "mika mikael mike mikhael mikhail milan milo milos mirko miron miroslav mitchell mohamad mohamed mohammad "
    "mohammed mohsen morgan muhamad muhammad muhammed muhter mukhtar murad musa mustafa mutallip nabil nadir nasir "
    "nasser nathan nathaniel nebi neil nestor nicholas nick nico nicola nicolas niels nigel nijat nikita niklas niko "
    "nikola nikolai nikolaj nils noah noel norbert norman nurali nurmemet obul octavio olaf olav oleg oliver omar "
    "omer osama oscar oskar osman osvaldo otto owen pablo patrick patrik paul paulo pavel pawel pedro perhat petar "
    "peter petr philip philippe phillip pierre pietro piotr polat qasim qeyyum qurban radovan rafael rahim rahman "
    "rahmitulla rainer ralf ralph ramiro ramon rashid rasmus raul raymond rehim renato rene reza ricardo richard "
    "rishat riyad robert roberto robin rodolfo rodrigo roger roland rolando rolf roman ronald ronnie ronny rosario "
    "rostislav roy rozi ruben rudi rudolf rune rupert ruslan russell ryan saad sabir sadiq sadir saeed said salah "
    "saleh salih salim salman salvador sam sami samir samuel sandro sattar scott sean sebastian semet sergei sergey "
    "sergio seth shahid shane shannon shaun shemshidin shirzat shohret sidiq sigurd silvio simon simone slavko soren "
    "stacey stanislav stanley stefan sten stepan stephan stephen steve steven stig stjepan stuart sulayman suleiman "
    "sultan sven taha tahir talal talib tarek tariq tayir ted teodor terence theo theodor theodore thomas tim timo "
    "timothy timur tobias tom tomas tomasz tommy toni tony tracey trevor tristan turdi turghun turghunjan tursun "
    "tursunjan tyler uchqun usman uwe vadim valdemar valery valter vasily veli vicente victor viktor vincent vitaly "
    "vito vladimir vladislav vlado vyacheslav waleed walid walter wayne weli werner wilhelm william wolfgang xavier "
    "yahya yalqun yasin yasir yasser yehya yevgeny younis yousef youssef yunus yuri yusuf yusup yusupjan yves zahir "
    "zaid zdravko zeljko ziad zlatko zulpiqar zunun"
)
_COMMON_WOMEN = _words(
    "abigail adela adele adriana agata agnes agnieszka aida aimee aishe alba albina alejandra aleksandra alexandra "
    "alexandria alice alicia alina alison alix alla alma amalia amanda amannisa amber amelia amelie amina ana "
    "anastasia aneta anette angela angelica angelika angelina anica anita anja anka ann anna annamaria anne anneli "
    "annette annie annika antoinette antonia antonina ariadna ariana arzu asta astrid aura aurelia aurora aygul aynur "
    "ayshe ayten barbara beata beatrice beatriz belinda bella bente berit bernadette berta beth bethany bettina betty "
    "bianca bianka birgit birgitta blanca blanka bozena branka brenda britt britta camila camilla carina carla "
    "carlota carly carmen carol carolin carolina caroline carolyn cassandra catalina catarina caterina catharina "
    "catherine cathrine cecilia celia celine charlene charlotte chelsea chloe christina christine cindy claire clara "
    "clare claudia concepcion conny constance corinne cornelia cristina cynthia dagmar daniela danielle daria dawn "
    "debora deborah delia denise desiree diana diane dilnur dina dolores donna dora dorina doris dorota dorothy "
    "dragica edit edita edith eileen elaine elena eleonora eliana elin elisa elisabet elisabeth elise eliza elizabeth "
    "ella ellen ellie elma elsa else elvira emilia emilie emily emine emma erica erika erna esmeralda esperanza "
    "estefania estela ester esther eugenia eva evelina evelyn fabiana fabiola faith fanny fatima felicia fernanda "
    "filippa fiona flavia flor flora florence francesca francisca frida gabriela gabriella gabrielle galina gemma "
    "georgia georgina geraldine gerda gertrud gina giovanna gisela giulia gloria gordana grace graciela greta grete "
    "gulay gulbahar gulchehre gulnar gulnisa gunhild guzelnur hana hannah hanne harriet hayley heather heidi helen "
    "helena helene henriette hilda holly ilona ilse imelda ines inga inge ingeborg inger ingrid irena irene irina "
    "iris irma isabel isabela isabella isabelle ivana ivonne jacqueline jade jana jane janet janice janina janne "
    "jasmin jasmina jasmine jeanette jelena jenna jennifer jenny jessica jill joana joanna joanne johanna jolanda "
    "jonna josefa josefina josefine josephine juana judith judy julia juliana julie justina kamila karen karin karina "
    "karla karolina karoline katarina kate katherine kathleen kathryn kathy katie katja katy kayleigh kira kirsten "
    "kirstin klara krista kristin kristina kristine laila lana larisa larissa laura lauren layla leah leena leila "
    "lena lene leona leonor leticia lidia lidija ligia lili lilia lilian liliana lina linda linn lisa lisbeth livia "
    "ljubica lorena loretta lorraine lotte louise luana lucia luciana lucie lucy ludmila luisa lydia lynn madeleine "
    "magda magdalena maja mandy manuela mara marcela maren margaret margareta margarita margit margot mari maria "
    "mariam mariana marianna marianne marica marie marija marika marina marisa marisol marit marita marlene marta "
    "martha martina martine mary mathilde matilda matilde maura maureen maya megan melania melanie melina melinda "
    "melissa mercedes mette michaela michelle mila milena milica milka mina minna mira miriam mirjam molly mona "
    "monica monika monique nada nadia nadine nadja nancy naomi natalia natalie natasa natasha nathalie nelly nevenka "
    "nicole nidia nina noemi nora norma nova nurgul nury ofelia olga olivia paige pamela paola patigul patricia paula "
    "paulina pauline perla petra pilar rachael rachel rafaela ragnhild rahile rahima raisa ramona raquel rayhan "
    "raziye rebeca rebecca regina renata renate renee reyhan rita roberta rocio romana rosa rosalia roxana roza "
    "rozalia ruth sabina sabine sabrina sally samantha sandra sara sarah selena selma sharon sheila shirley sigrid "
    "silvia simona slavica socorro sofia sofie solveig sonia sonja sophia sophie stefania stella stephanie suriye "
    "susan susana susanna susanne suzana suzanne svetlana sylvia sylvie tamara tammy tania tanja tara tatiana tatjana "
    "teresa thea theresa therese tina tove tursunay ulla ursula valentina valeria valerie vanesa vanessa varvara vera "
    "veronica veronika vesna victoria viktoria vilma viola violeta virginia viviana wendy xenia yasmin yasmine "
    "yolanda yvonne zahra zainab zara zdenka zora"
)
_OTHER_WOMEN = _words(
    "adelia adelina adeline adina adrienne agatha aina aisha alana alberta albertina alena alessandra alessia alexa "
    "alexia alida aline alisa allison alyssa amalie amaya amira amy anabela anais angele angelique anika annabella "
    "annabelle annalisa annemarie annetta annick anny anouk antonella antonietta aria ariane arianna arlette ase "
    "audrey augusta aurelie aurore ayim ayla aylin beatrix benedicte benita berenice bertha brigitta brigitte calista "
    "carin carine carmela carola carole casandra cathleen cathy cecile celina chantal charline charlotta chiara "
    "christa christel christelle christiana christiane christin chunying cinthia clarisa claudette claudine "
    "clementina clementine cloe clotilde colette concetta consuela coralie corina corine corinna dagny daisy dalia "
    "damaris dania danica daniella danijela daphne debbie debra delphine denisa doreen dorothea ebba eda edel ela "
    "eleonore eliane elif elina eline elna elodie eloise elsie elsy elva ema emelina emilija emmy ernestina estella "
    "estelle ethel etta eugenie eulalia eunice eve evelin eveline evelyne evita ewa fabia fabienne farah fatma "
    "felicitas filomena florentina florina francine francoise frederique freya frieda gaelle genevieve genoveva "
    "georgette gertrude ghislaine giada gianna gilberte gilda ginette gisele gitte giuliana giuseppina gladys "
    "graziella griselda gulmira gulnur habiba halide halima hanna hatice hedda heidy helga helma henrietta hermina "
    "hertha hilde hildegard hilma hortensia huguette hulda ina inaya indira inez isabell isadora isis iveta ivona "
    "jacinta jael jamila janette janine janna jaqueline jazmin jeanine jeanne jeannette jeannine jen jenifer jennie "
    "jocelyne joelle johana johanne josee josette josiane joyce juanita julianna juliette julijana kaja karine kata "
    "katerina katharina katharine kati katia katrin katrina khadija kimberley klaudia kornelia kyara kyra lara laure "
    "lavinia leana leandra leonie leonora leontina leontine leyla lia liana liliane lilla lillian lilly lily linnea "
    "lise lisette liv liz liza ljudmila lola lolita loredana lotta louisa lovisa lucienne lucija lucinda luna lydie "
    "lynda magali mahire maia maida maite malena malika malin malvina manon marcelina marcella marcelle marcia mare "
    "margaretha margaux margret marguerite mariann mariechristine marieclaire mariejeanne mariejose marielouise "
    "marietherese mariette marijana marilyn marissa marja marjorie marleen marlen marthe maryam mathilda maud maude "
    "maxima melisa mia micheline mihaela mihrigul mikaela milda milla minerva miranda mireille mirja miroslava moira "
    "morena muriel myra myriam nadezda nanna natacha natalija nika nikolina noelia noelle noemie norah nour nuria "
    "octavia odette odile oliva ornella otilia ottilia paloma pascale patrizia paulette peggy penelope philomena pia "
    "priscilla ragna randi rebeka rena reyhangul ria romina romy ronja rosalie rosanna rosaria rose rosemarie "
    "rosemary rosina rosita roxane salma salome samanta samira sanja sanna sarina saskia sayragul selina serafina "
    "serena shana shania signe silva silvana simonne siv solange sona soraya stanislava stefani stefanie stina susann "
    "svea talia tanya teodora teresia tessa thelma theodora theresia tiffany timea tiziana trine tyra vanda veronique "
    "vicky vincenza violet violetta violette virginie viviane vivienne wilma yara yasmina yolande yuliana yvette "
    "zelma zina zita zoe zoey zulpiya zumret zuzana"
)

GIVEN = _MEN | _COMMON_WOMEN
WOMEN = _COMMON_WOMEN | _OTHER_WOMEN
