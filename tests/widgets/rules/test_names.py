"""What may be a pseudonym, at the edges, and what its look-alikes share."""

from __future__ import annotations

import pytest

from widgets.contract.problems import Problem
from widgets.rules.names import SiteNames, check_pseudonym, skeleton_of


@pytest.mark.parametrize(
    ("raw", "shown", "skeleton"),
    [
        ("Jo", "Jo", "jo"),
        ("x" * 40, "x" * 40, "x" * 40),
        ("  Ana ", "Ana", "ana"),
        ("Zoe\u0308", "Zoë", "zoe"),
        ("Ana B.", "Ana B.", "anab"),
        ("O'Hara", "O'Hara", "ohara"),
        ("O’Hara", "O’Hara", "ohara"),
        ("a_b-c.d", "a_b-c.d", "abcd"),
        ("A1", "A1", "al"),
        ("R2D0", "R2D0", "r2do"),
        ("٣٤", "٣٤", "٣٤"),
        ("x\u0301\u0308", "x\u0301\u0308", "x"),
        ("小さい", "小さい", "小さい"),
        ("Straße", "Straße", "strasse"),
        ("ﬁona", "ﬁona", "flona"),
        ("Bernard", "Bernard", "bemard"),
        ("AIice", "AIice", "allce"),
    ],
)
def test_pseudonym_as_it_is_shown_and_compared(raw: str, shown: str, skeleton: str) -> None:
    pseudonym = check_pseudonym(raw)
    assert (pseudonym.shown, pseudonym.skeleton) == (shown, skeleton) == (shown, skeleton_of(shown))


@pytest.mark.parametrize(
    "raw",
    [
        *("", " ", "J", " J ", "x" * 41, "a  b", "a\tb", "a\nb", "a\u00a0b", "a\u2003b"),
        *("a@b", "a#b", "a/b", "a<b", 'a"b', "a&b", "a+b", "a:b", "a,b", "😀a"),
        *(
            "a\u3164b",
            "\u115f\u1160",
            "a\ufe0fb",
            "\u2800\u2800",
            "a\u00adb",
            "a\u034fb",
            "\uffa0\uffa0",
            "a\u17b4b",
        ),
        *("Herоn", "Αlice", "Іan", "Annа B.", "Ꭺnna", "раypal", "Mіа", "Ζoe", "Νina"),
        *("--", ". .", "''", "__", "\u0301a", "x\u0301\u0301\u0301", "a\u200db", "a\u202eb", "a\x00b"),
    ],
    ids=ascii,
)
def test_what_is_no_pseudonym(raw: str) -> None:
    with pytest.raises(Problem) as raised:
        check_pseudonym(raw)
    assert raised.value.code == "pseudonym-invalid"


SITE = SiteNames("Quiet Harbour", ("Dr Ana Lee", "Kat", "Ann", "Mo Ray"))
REFUSED = [
    *(
        "admin",
        "Admin",
        "ADMIN",
        "Admin2",
        "2admin",
        "The Admin",
        "admin.",
        "'admin'",
        "admin_ana",
        "a d m i n",
    ),
    *(
        "SiteAdmin",
        "siteadmin",
        "adminteam",
        "sysadmin",
        "Administrator",
        "аdmin",
        "ádmin",
        "adm1n",
        "AdmIn",
        "АDMIN",
    ),
    *(
        "moderator",
        "M0derator",
        "forummoderator",
        "ModeratorAna",
        "Moderator-Ana",
        "Ana Mod",
        "m.o.d",
        "M0D",
        "TheMod",
        "mod7",
    ),
    *(
        "Staff",
        "ѕtaff",
        "Site Staff",
        "AnaStaff",
        "Support",
        "Support.Team",
        "team",
        "sуstem",
        "Official Ana",
        "root",
    ),
    *("Editor", "the editors", "Ana no Editor", "Gatherwell", "Clinician Ana", "advocate"),
    *("Equipo", "Moderadora Eva", "soporte", "Anónimo", "withdrawn", "Deleted"),
    *(
        "Quiet Harbour",
        "QuietHarbour",
        "quietharbourteam",
        "Quiet Harb0ur",
        "Dr Ana Lee",
        "dr. ana lee",
        "DrAnaLee",
    ),
    *("DrAnaLee MD", "Prof DrAnaLee", "Dr Ana Lee2", "dranaleemd", "Dr An4 Lee", "MoRay MD", "Mo Ray2"),
    *(
        "4dmin",
        "St4ff",
        "5taff",
        "T3am",
        "Modérateur",
        "Équipe",
        "Anna S.t.a.f.f",
        "Anna s t a f f",
        "St.aff A",
    ),
    *("ᴍᴏᴅᴇʀᴀᴛᴏʀ", "ᴛᴇᴀᴍ", "ꜱᴛᴀꜰꜰ", "ᴀᴅᴍɪɴ", "ΤΕΑΜ", "Anna ΤΕΑΜ", "ΜΟ RAY", "ΚΑΤ", "ᴍᴏ ʀᴀʏ"),
    *("Dr Ana Lee MD", "Mo Ray", "Mo-Ray", "Not Mo Ray", "Kat", "ann", "Verified Ana"),
]
ORDINARY = [
    *(
        "Badminton",
        "Badminton Ben",
        "Hannah",
        "Kathleen",
        "Nursery pass",
        "Modesty",
        "Steam",
        "Rooted",
        "Stafford",
        "Modern Mum",
    ),
    *("Quiet Heron", "Harbour Seal", "Ana", "Ana Lee", "Lee", "Dr Who", "Ray", "Kate", "Anna", "Annabel"),
    *(
        "Broadminded",
        "Teammate",
        "Systematic Sue",
        "Supportive",
        "Rootbeer",
        "Moderate pain",
        "Editorially",
        "Staffa",
        "Model7",
        "Commode",
    ),
    *("Zoë", "Søren", "Łukasz", "Çiğdem", "Đorđe", "Ñandú", "O'Hara", "Jean-Luc", "B. Good", "under_score"),
    *("Анна", "Юля 7", "Ελένη", "Νίκος", "שרה", "فاطمة", "किरण", "กานต์", "さくら", "小さい"),
    *(
        "Yukiさん",
        "김민수",
        "Գոհար",
        "ნინო",
        "Mia 2",
        "A1",
        "1973",
        "Tea and toast",
        "Mother of 3",
        "Gathering",
    ),
]


def refusal(raw: str) -> str:
    """The code with which a name is refused; empty where it is free as it is written."""
    try:
        return "" if check_pseudonym(raw, SITE).shown == raw else "changed"
    except Problem as problem:
        return problem.code


def test_names_that_pass_for_the_site_or_its_people_are_reserved() -> None:
    assert {raw: code for raw in REFUSED if (code := refusal(raw)) != "pseudonym-reserved"} == {}


def test_ordinary_names_are_free() -> None:
    assert {raw: code for raw in ORDINARY if (code := refusal(raw))} == {}


def test_the_tables_hold_sixty_names_each() -> None:
    assert len(set(REFUSED)) >= 60
    assert len(set(ORDINARY)) == 60


def test_ordinary_names_are_told_apart() -> None:
    assert len({skeleton_of(name) for name in ORDINARY}) == len(ORDINARY)


LOOKALIKES = list(zip("аеорсухіјѕԁһкмтвнαεορτυνικχ01", "aeopcyxijsdhkmtbhaeoptuvikxol", strict=True))


@pytest.mark.parametrize(("foreign", "latin"), LOOKALIKES)
def test_letters_that_pass_for_latin_ones_are_the_same(foreign: str, latin: str) -> None:
    assert skeleton_of(f"q{foreign}q") == skeleton_of(f"q{latin}q")


@pytest.mark.parametrize(
    ("foreign", "latin"),
    [
        *(
            ("ΕΜΜΑ", "Emma"),
            ("ᴇᴍᴍᴀ", "Emma"),
            ("ΑΝΝΑ", "Anna"),
            ("ΜΟΝΑ", "Mona"),
            ("ΖΟΕ", "Zoe"),
            ("Ζοε", "Zoe"),
        ),
        *(
            ("ꜱᴛᴇᴘʜ", "Steph"),
            ("ΕΜΜΑ ΚΕΝΤ", "Emma Kent"),
            ("ΤΥΧΗ", "Tyxh"),
            ("АННА", "Ahha"),
            ("ʟɪʟʏ", "Lily"),
        ),
    ],
)
def test_a_name_in_capitals_is_the_one_that_it_looks_like(foreign: str, latin: str) -> None:
    assert check_pseudonym(foreign).skeleton == check_pseudonym(latin).skeleton


@pytest.mark.parametrize("name", ["Άννα", "Νίκος", "Ελένη", "Μένη", "Ζωή", "Анна", "Юля", "Գոհար"])
def test_a_name_in_other_case_is_the_same_name(name: str) -> None:
    cases = [check_pseudonym(one) for one in (name, name.upper(), name.lower())]
    for one in cases:
        for other in cases:
            assert one.skeleton in (other.skeleton, *other.others)


def test_a_latin_name_has_one_skeleton() -> None:
    latin = [name for name in ORDINARY if name.isascii()]
    assert [name for name in latin if check_pseudonym(name).others != ()] == []


@pytest.mark.parametrize(
    "name", ["ΕΛΕΝΗ", "ΝΙΚΟΣ", "ΑΝΝΑ", "Ζωή", "Emma Kentish", "Mo Rayner", "Dr Ana Leeds"]
)
def test_a_name_that_only_begins_like_another_is_free(name: str) -> None:
    assert check_pseudonym(name, SITE).shown == name


@pytest.mark.parametrize("name", ["--", "’"])
def test_name_without_letters_is_its_own_skeleton(name: str) -> None:
    assert skeleton_of(name) == name
