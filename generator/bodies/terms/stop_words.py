"""Stop words by language: words in nearly every text, by which nobody can find one."""

from __future__ import annotations

import functools

from generator.bodies.terms.words import words_of

_LISTS = {
    "en": (
        "a about after all also am an and any are as at be because been before being between both but by can could "
        "did do does doing don't each for from get had has have having he her here hers him his how i if in into is "
        "it its it's itself i'm i've just me more most my myself of off on one only or other our out over own same "
        "she should so some such than that the their them then there these they this those through to too up us very "
        "was we were what when where which while who whom why will with would you your yours"
    ),
    "es": (
        "a al algo algunas algunos ante antes aquí así aún aunque cada como con cual cuando cuándo de del desde donde "
        "dónde e el él ella ellas ellos en entre era eran es esa esas ese eso esos esta está están estas este esto "
        "estos fue fueron ha hace hacer han hasta hay la las le les lo los más me mi mis mucho muy nada ni no nos o os "
        "otra otras otro otros para pero poco por porque puede pueden que qué quien quién se sea ser si sí sin sobre "
        "son su sus también tan tanto te tengo tiene tienen todo todos tu tus un una unas uno unos y ya yo"
    ),
    "fr": (
        "à ai as au aux avec c ce ces cet cette comme comment d dans de des donc du elle elles en es est et eu il ils j "
        "je l la le les leur leurs lui m ma mais me même mes mon n ne nos notre nous on ont ou où par pas peut plus "
        "pour pourquoi qu quand que quel quelle qui s sa sans se ses si son sont sur t ta te tes ton tu un une vos "
        "votre vous y"
    ),
    "de": (
        "aber als am an auch auf aus bei bin bis bist da damit dann das dass dein deine dem den der des die dir doch "
        "du durch ein eine einem einen einer eines er es euch für hat hatte habe haben hier ich ihr ihre im in ist ja "
        "kann können man mein meine mich mir mit nach nicht noch nur ob oder ohne sehr sein seine sich sie sind so "
        "über um und uns unser unter vom von vor war waren warum was weil wenn wer werden wie wieder wir wird wo zu "
        "zum zur"
    ),
    "it": (
        "a ad ai al alla alle allo anche c che chi ci come con cosa d da dai dal dalla dalle dei del della delle dello "
        "di dove e è ed era essere fa gli ha hanno ho i il in io l la le lei lo loro lui ma mi mia mio nei nel nella "
        "nelle no noi non o ogni per perché più può quando quanto quella quello questa questo se sei si sia sono su "
        "sua sul sulla suo ti tra tu un una uno vi voi"
    ),
    "pt": (
        "a ao aos as às com como da das de dela dele deles do dos e é ela elas ele eles em entre era essa esse esta "
        "está este eu foi há isso isto já lhe mais mas me mesmo meu minha muito na não nas nem no nos nós o os ou para "
        "pela pelo por porque pode qual quando que quem se sem ser seu seus sua suas são só também tem têm um uma umas "
        "uns você vocês"
    ),
    "nl": (
        "aan al als bij dan dat de deze die dit door een en er haar had heb hebben heeft het hij hoe hun ik in is je "
        "jij kan maar me meer men met mijn naar niet nog nu of om omdat ons ook op over te tot u uit van veel voor was "
        "wat we wel wie wij word wordt zal ze zich zij zijn zo zou"
    ),
    "sv": (
        "alla att av blev bli blir de dem den denna deras det detta dig din ditt du där då efter ej eller en er ett "
        "från för ha hade han hans har hon hur här i icke inte ju jag kan man med men mig min mitt mot mycket ni när "
        "någon något och om oss på samma sig sin som så till under upp ut utan vad var vara vi vid är över"
    ),
    "da": (
        "af alle at blev blive bliver da de dem den denne der deres det dette dig din du efter eller en er et for fra "
        "ham han hans har have havde hun hvad hvis hvor i ikke ind jeg jer jo kan man med meget men mig min mod når og "
        "også om op os over på så som til ud under var ved vi vil være"
    ),
    "no": (
        "alle at av ble bli blir da de deg dem den denne der deres det dette din du eller en er et etter for fra ha "
        "hadde han hans har hun hva hvis hvor hvordan i ikke jeg kan man med meg men mer min mot når og også om opp "
        "oss over på så som til under ut var ved vi vil være"
    ),
    "fi": (
        "ei eivät että he hän ja jos joka jotka kanssa kuin kun me mikä minä mitä mutta myös ne ni niin nyt olen oli "
        "ollut on ovat se sekä sen sinä tai te tämä vain voi"
    ),
    "tr": (
        "ama ben bir biz bu çok da daha de değil diye en gibi hem her için ile ise kadar ki mi mu mü ne neden o olan "
        "olarak olduğu olur onlar sen siz şu ve veya ya"
    ),
    "ru": (
        "а без бы был была были было быть в вам вас во вот все вы где да для до его ее если есть еще же за и из или им "
        "их к как ко когда кто ли мне мы на над не него нее нет ни но о об он она они от по под при с со так также то "
        "тоже только у уже чем что чтобы это этот я"
    ),
    "pl": (
        "a aby albo ale bez bo być był była było by co czy dla do gdy gdzie go i ich ja jak jako je jego jej jest już "
        "lub ma mi mnie może na nad nie niż o od oraz po pod przez przy się są ta tak także tam te tego ten to tu ty w "
        "we więc z za ze że"
    ),
}
_SAME = {"nb": "no", "nn": "no"}


@functools.cache
def stop_words(language: str) -> frozenset[str]:
    """The stop words of *language*, folded; none where we have no list."""
    base = language.partition("-")[0]
    return frozenset(words_of(_LISTS.get(_SAME.get(base, base), ""), language))
