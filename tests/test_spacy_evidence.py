"""What a Doc's annotation adds as evidence, and that wrong annotation does no harm.

Docs are built by hand from words, tags, heads and labels, in ClearNLP's labels; every one is read in Universal
Dependencies' too.
"""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from promises import KINDS, check_promises
from spacy.tokens import Doc
from spacy.vocab import Vocab

import quoteattr
from quoteattr.evidence import read_doc
from quoteattr.values import NO_EVIDENCE

TEXT = "Ann Lee left on Monday.“We won,” said the minister. “Prices will rise,” Bob Smith told Ms Lee."


def made(rows):
    """A Doc from "word tag head label" rows; a head is a position, and a row may begin with "_" for no space before."""
    words, tags, heads, deps, spaces = [], [], [], [], []
    for row in rows.strip().splitlines():
        word, tag, head, dep = row.split()
        if word.startswith("_") and len(word) > 1:
            word = word[1:]
            spaces[-1] = False
        words.append(word)
        tags.append(tag)
        heads.append(int(head))
        deps.append(dep)
        spaces.append(True)
    spaces[-1] = False
    return Doc(Vocab(), words=words, spaces=spaces, tags=tags, heads=heads, deps=deps)


def key(quotes):
    return [(q.spans, q.speaker, q.mention, q.cue, q.kind, q.clause, q.addressee, q.parent, q.rule) for q in quotes]


FAR = """
The     DT  1  det
Board   NNP 7  nsubj
less    JJR 4  amod
than    IN  4  quantmod
two     CD  5  nummod
weeks   NNS 6  npadvmod
ago     RB  7  advmod
said    VBD 7  ROOT
that    IN  10 mark
prices  NNS 10 nsubj
rose    VBD 7  ccomp
_.      .   7  punct
"""
TO_UNIVERSAL = {"dobj": "obj", "nsubjpass": "nsubj:pass", "npadvmod": "obl:npmod", "pobj": "obl", "agent": "case"}


def universal(rows):
    for old, new in TO_UNIVERSAL.items():
        rows = rows.replace(f" {old}\n", f" {new}\n")
    return rows


BE = {"is", "was", "were", "be"}


def restructured(rows):
    """Rows as Universal Dependencies build a sentence: nouns above their prepositions, predicates above "be"."""
    table = [row.split() for row in rows.strip().splitlines()]
    heads = [int(row[2]) for row in table]
    deps = [row[3] for row in table]

    def rise(low, high, label):
        """Put a dependent in its head's place."""
        deps[low] = deps[high]
        root = heads[high] == high
        heads[:] = [low if head == high else head for head in heads]
        heads[low] = low if root else heads[high]
        heads[high], deps[high] = low, label

    for at, row in enumerate(table):
        below = [i for i, head in enumerate(heads) if head == at != i]
        for i in below:
            if deps[i] == "pobj" and deps[at] in ("prep", "agent"):
                verbal = table[heads[at]][1][0] in "VJ"
                deps[at] = "obl:agent" if deps[at] == "agent" else "obl" if verbal else "nmod"
                rise(i, at, "case")
                break
            if deps[i] in ("acomp", "attr") and row[0].lower() in BE:
                rise(i, at, "cop")
                break
    return universal(
        "\n".join(f"{word} {tag} {head} {dep}" for (word, tag, *_), head, dep in zip(table, heads, deps, strict=True))
        + "\n"
    )


SCHEMES = pytest.mark.parametrize(
    "change", [str, universal, restructured], ids=["clearnlp", "universal", "restructured"]
)


@pytest.mark.parametrize("rows", [FAR, universal(FAR), restructured(FAR)])
def test_the_subject_comes_from_the_parse(rows):
    doc = made(rows)
    quote = quoteattr.extract(doc, kinds=["indirect"])[0]
    assert quote.mention.text == "The Board"
    assert quote.text == "prices rose"


def test_a_blank_doc_is_no_evidence():
    assert read_doc(spacy.blank("en")(TEXT)) is NO_EVIDENCE


@pytest.mark.parametrize("columns", [(), ("tags",), ("pos",), ("heads", "deps"), ("tags", "heads", "deps"), ("ents",)])
def test_each_annotation_alone_is_read(columns):
    full = made(FAR)
    values = {
        "tags": [token.tag_ for token in full],
        "pos": ["VERB" if token.tag_[0] == "V" else "NOUN" if token.tag_[0] == "N" else "X" for token in full],
        "heads": [token.head.i for token in full],
        "deps": [token.dep_ for token in full],
        "ents": ["O", "B-ORG", *["O"] * (len(full) - 2)],
    }
    doc = Doc(
        Vocab(),
        words=[token.text for token in full],
        spaces=[bool(token.whitespace_) for token in full],
        **{name: values[name] for name in columns},
    )
    evidence = read_doc(doc)
    assert bool(evidence.tags) == bool({"tags", "pos"} & {*columns})
    assert bool(evidence.roles) == ("deps" in columns)
    quotes = quoteattr.extract(doc, kinds=["indirect"])
    assert [quote.text for quote in quotes] == ["prices rose"]


# each row: a Doc, and what it shows that the text alone does not; in parentheses the near miss
FAR_THAT = """
A         DT  1  det
clerk     NN  2  nsubj
wrote     VBD 2  ROOT
the       DT  4  det
paper     NN  2  dobj
_,        ,   4  punct
The       DT  7  det
Herald    NNP 4  appos
_,        ,   4  punct
that      IN  11 mark
prices    NNS 11 nsubj
rose      VBD 2  ccomp
_.        .   2  punct
"""
RELATIVE = """
A         DT  1  det
clerk     NN  2  nsubj
noted     VBD 2  ROOT
the       DT  4  det
steps     NNS 2  dobj
that      WDT 7  dobj
they      PRP 7  nsubj
took      VBD 4  relcl
_.        .   2  punct
"""
SHARED = """
Ann       NNP 1  compound
Lee       NNP 2  nsubj
said      VBD 2  ROOT
that      IN  6  mark
Bob       NNP 5  compound
Kay       NNP 6  nsubj
won       VBD 2  ccomp
and       CC  2  cc
predicted VBD 2  conj
that      IN  11 mark
prices    NNS 11 nsubj
rose      VBD 8  ccomp
_.        .   2  punct
"""
LOW = """
Ann       NNP 1  compound
Lee       NNP 2  nsubj
said      VBD 2  ROOT
Bob       NNP 4  compound
Kay       NNP 5  nsubj
won       VBD 2  ccomp
_,        ,   5  punct
adding    VBG 5  advcl
that      IN  10 mark
prices    NNS 10 nsubj
rose      VBD 7  ccomp
_.        .   2  punct
"""
MAIN_VERB = """
Lee       NNP 1  nsubj
said      VBD 1  ROOT
the       DT  3  det
band      NN  10 nsubj
and       CC  3  cc
Bob       NNP 3  conj
_,        ,   5  punct
our       PRP$ 8  poss
singer    NN  5  appos
_,        ,   3  punct
wrote     VBD 1  ccomp
songs     NNS 10 dobj
_.        .   1  punct
"""
BEFORE = """
Clerks    NNS 6  nsubj
_,        ,   0  punct
cooks     NNS 0  conj
and       CC  2  cc
guards    NNS 2  conj
may       MD  6  aux
gain      VB  9  ccomp
_,        ,   9  punct
he        PRP 9  nsubj
said      VBD 9  ROOT
_.        .   9  punct
"""
OBJECT = """
Lee       NNP 2  nsubj
is        VBZ 2  aux
rejecting VBG 2  ROOT
a         DT  4  det
plan      NN  2  dobj
few       JJ  6  nsubj
liked     VBD 4  relcl
_.        .   2  punct
"""
BOYCOTT = """
Ann       NNP 1  compound
Lee       NNP 2  nsubj
vowed     VBD 2  ROOT
to        IN  2  prep
boycott   NN  3  pobj
the       DT  6  det
fair      NN  4  dobj
_.        .   2  punct
"""
AGENT = """
“We       PRP 1  nsubj
won       VBD 2  ccomp
_,”       ,   2  punct
surveyor  VBD 2  ROOT
Ann       NNP 5  compound
Lee       NNP 3  dobj
said      VBD 3  conj
_.        .   3  punct
"""


@SCHEMES
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(FAR_THAT, [("A clerk", "prices rose")], id="a clause after an apposition"),
        pytest.param(RELATIVE, [], id="near miss: a relative clause"),
        pytest.param(SHARED, [("Ann Lee", "Bob Kay won"), ("Ann Lee", "prices rose")], id="a shared subject"),
        pytest.param(LOW, [("Ann Lee", "Bob Kay won"), ("Ann Lee", "prices rose")], id="near miss: attached too low"),
        pytest.param(MAIN_VERB, [("Lee", "the band and Bob, our singer, wrote songs")], id="the main verb"),
        pytest.param(BEFORE, [("he", "Clerks, cooks and guards may gain")], id="a clause before its cue"),
        pytest.param(OBJECT, [], id="near miss: a mere object"),
        pytest.param(BOYCOTT, [("Ann Lee", "to boycott the fair")], id="near miss: a verb tagged as a noun"),
    ],
)
def test_what_the_parse_shows_is_used(rows, expected, change):
    quotes = quoteattr.extract(made(change(rows)), kinds=["indirect"])
    assert [(quote.mention.text, quote.text) for quote in quotes] == expected


def test_a_role_tagged_as_a_verb_stays_a_role():
    quote = quoteattr.extract(made(AGENT))[0]
    assert quote.mention.text.endswith("Ann Lee")


def test_wrong_annotation_does_no_harm():
    text = "“Prices rose. They fell,” Ann Lee notes."
    plain = quoteattr.extract(text)
    blank = spacy.blank("en")
    doc = blank(text)
    count = len(doc)
    noun = [*["NN"] * count]
    wrong = Doc(
        blank.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=noun,
        sent_starts=[True] * count,
        ents=["B-GPE"] * count,
    )
    assert key(quoteattr.extract(wrong)) == key(plain)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("The advert says prices rose last year.", "says"),
        ("Ann Lee left early, saying that prices rose.", "saying"),
        ("Ann Lee rang Bob Poe saying they had seen a fire.", "saying"),
        ("Ann Lee spoke up, explaining why prices rose.", "explaining"),
        ("The advert says “nothing will change until spring.”", "says"),
        ("Ann Lee insists the hall is cold.", "insists"),
    ],
)
def test_a_cue_tagged_as_a_noun_still_reports(text, noun):
    doc = spacy.blank("en")(text)
    for token in doc:
        token.tag_ = "NN" if token.text == noun else "FW"
    assert key(quoteattr.extract(doc, kinds=KINDS)) == key(quoteattr.extract(text, kinds=KINDS)) != []


def test_several_workers_use_the_evidence_too():
    doc = made(FAR)
    here = list(quoteattr.extract_many([doc], kinds=["indirect"]))
    assert list(quoteattr.extract_many([doc], kinds=["indirect"], workers=2)) == here
    assert here[0][0].mention.text == "The Board"


def test_explain_reads_the_same_doc():
    doc = made(FAR)
    quote = quoteattr.extract(doc, kinds=["indirect"])[0]
    assert "The Board" in str(quoteattr.explain(doc, quote))


# ---------------------------------------------------------------- quotations: a Doc, and what the text alone gives

GOVERNED = """
He          PRP  1  nsubj
described   VBD  1  ROOT
the         DT   3  det
talks       NNS  1  dobj
that        WDT  6  dobj
he          PRP  6  nsubj
holds       VBZ  3  relcl
to          TO   8  aux
hear        VB   6  advcl
“           ``   10 punct
everybody   NN   8  dobj
_”          ''   10 punct
_.          .    1  punct
"""
LISTED = """
Lee         NNP 1  poss
_’s         POS 0  case
page        NN  3  nsubj
lists       NNS 3  ROOT
him         PRP 3  dobj
as          IN  3  prep
“           ``  7  punct
director    NN  5  pobj
_”          ''  7  punct
_.          .   3  punct
"""
EDITORIAL = """
“           ``  2  punct
_We         PRP 2  nsubj
won         VBD 6  ccomp
_,          ,   6  punct
_”          ''  6  punct
the         DT  6  det
editorial   NN  6  ROOT
read        NN  6  dobj
_.          .   6  punct
"""
ANNOUNCES = """
The         DT  2  det
editor      NN  2  compound
announces   NNS 2  ROOT
_,          ,   2  punct
“           ``  6  punct
_We         PRP 6  nsubj
won         VBD 2  acl
_.          .   6  punct
_”          ''  6  punct
"""
SHOW = """
Lee         NNP 1  nsubj
met         VBD 1  ROOT
Kay         NNP 1  dobj
_,          ,   2  punct
star        NN  2  appos
of          IN  4  prep
the         DT  7  det
radio       NN  8  nsubj
show        VBP 5  pcomp
“           ``  10 punct
Big         NNP 11 compound
Pies        NNPS 8 dobj
_.          .   1  punct
_”          ''  1  punct
"""
LETTER = """
Lee         NNP 1  nsubj
sent        VBD 1  ROOT
a           DT  3  det
letter      NN  1  dobj
to          IN  3  prep
voters      NNS 4  pobj
saying      VBG 5  acl
_:          :   6  punct
“           ``  10 punct
_We         PRP 10 nsubj
won         VBD 6  ccomp
_.          .   10 punct
_”          ''  10 punct
"""
TOLD = """
Lee         NNP 1  nsubj
had         VBD 1  ROOT
this        DT  1  dobj
to          TO  4  aux
say         VB  1  xcomp
_:          :   4  punct
“           ``  8  punct
_We         PRP 8  nsubj
won         VBD 4  ccomp
_.          .   8  punct
_”          ''  8  punct
"""
INSERTED = """
The         DT  1  det
trouble     NN  3  nsubj
_,          ,   3  punct
says        VBZ 3  ROOT
Ann         NNP 5  compound
Lee         NNP 3  dobj
_,          ,   3  punct
is          VBZ 3  ccomp
that        IN  11 mark
it          PRP 11 nsubj
was         VBD 11 cop
“           ``  12 punct
late        JJ  7  ccomp
_”          ''  12 punct
_.          .   3  punct
"""
RESPONDED = """
Lee         NNP 1  nsubj
responded   VBD 1  ROOT
with        IN  1  prep
a           DT  6  det
“           ``  6  punct
grim        JJ  6  amod
nod         NN  2  pobj
_”          ''  6  punct
of          IN  6  prep
his         PRP$ 10 poss
head        NN  8  pobj
_.          .   1  punct
"""
DECLINED = """
Lee         NNP 1  nsubj
declined    VBD 1  ROOT
to          TO  3  aux
discuss     VB  1  xcomp
the         DT  7  det
“           ``  7  punct
red         JJ  7  amod
zone        NN  3  dobj
_”          ''  7  punct
_.          .   1  punct
"""
CLICK = """
Click       VB  0  ROOT
here        RB  0  advmod
and         CC  0  cc
note        VB  0  conj
the         DT  7  det
“           ``  7  punct
small       JJ  7  amod
print       NN  3  dobj
_”          ''  7  punct
_.          .   0  punct
"""
TALL = """
“           ``   2  punct
_We         PRP  2  nsubj
won         VBD  10 ccomp
_,          ,    10 punct
_”          ''   10 punct
the         DT   9  det
bespectacled JJ  9  amod
_,          ,    9  punct
old         JJ   9  amod
mayor       NN   10 nsubj
said        VBD  10 ROOT
_.          .    10 punct
"""
DATELINE = """
OSLO        NNP 8  nsubj
_,          ,   0  punct
Monday      NNP 0  npadvmod
-           :   0  punct
The         DT  5  det
mayor       NN  0  dep
_,          ,   7  punct
Ann         NNP 5  appos
backed      VBD 8  ROOT
him         PRP 8  dobj
_,          ,   8  punct
calling     VBG 8  advcl
it          PRP 11 dobj
“           ``  14 punct
theft       NN  11 dobj
_”          ''  14 punct
_.          .   8  punct
"""
LAST_WORDS = """
The         DT   1  det
boy         NN   2  nsubj
gasped      VBD  2  ROOT
his         PRP$ 5  poss
last        JJ   5  amod
words       NNS  2  dobj
_,          ,    2  punct
“           ``   11 punct
_I          PRP  11 nsubj
ca          MD   11 aux
_n't        RB   11 neg
breathe     VB   2  ccomp
_,          ,    11 punct
_”          ''   11 punct
and         CC   11 cc
left        VBD  11 conj
_.          .    2  punct
"""
LAST_SIGN = LAST_WORDS.replace("breathe     VB   2  ccomp", "breathe     VB   5  appos")
ASIDE = """
It          PRP  1  nsubj
prompted    VBD  12 ccomp
anger       NN   1  dobj
from        IN   1  prep
clerks      NNS  3  pobj
(           -LRB- 8  punct
_“          ``   8  punct
_I          PRP  8  nsubj
want        VBP  1  ccomp
more        JJR  8  dobj
_,          ,    12 punct
_”          ''   12 punct
wrote       VBD  12 ROOT
Ann         NNP  14 compound
Lee         NNP  12 nsubj
_)          -RRB- 12 punct
_,          ,    12 punct
and         CC   12 cc
left        VBD  12 conj
_.          .    12 punct
"""
RELIEF = """
He          PRP  1  nsubj
expressed   VBD  1  ROOT
relief      NN   1  dobj
that        IN   6  mark
Ms.         NNP  5  compound
Lee         NNP  6  nsubj
had         VBD  9  aux
at          IN   6  prep
last        JJ   7  pobj
described   VBD  1  advcl
her         PRP$ 11 poss
plan        NN   9  dobj
as          IN   9  advcl
“           ``   14 punct
_new        JJ   12 pobj
_.          .    1  punct
_”          ''   1  punct
"""
TRAMS = """
Ottawa      NNP  11 nsubj
“           ``   3  punct
_very       RB   3  advmod
worried     JJ   0  dep
_”          ''   3  punct
about       IN   3  prep
its         PRP$ 7  poss
trams       NNS  5  pobj
_,          ,    11 punct
transport   NN   10 compound
minister    NN   11 nsubj
says        VBZ  11 ROOT
"""
REDUCED = """
The         DT  1  det
drug        NN  3  nsubj
_,          ,   1  punct
described   VBN 9  parataxis
as          IN  3  prep
“           ``  6  punct
mild        JJ  4  pobj
_”          ''  6  punct
_,          ,   3  punct
works       VBZ 9  ROOT
_.          .   9  punct
"""


@SCHEMES
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(GOVERNED, [("He", "everybody")], id="an object with the marked words in a clause of it"),
        pytest.param(RESPONDED, [], id="near miss: a circumstance"),
        pytest.param(DECLINED, [], id="near miss: what is refused"),
        pytest.param(CLICK, [], id="near miss: what a reader is told to do"),
        pytest.param(LISTED, [("Lee’s page", "director")], id="a verb tagged as a noun has a subject"),
        pytest.param(EDITORIAL, [("the editorial", "We won,")], id="a verb tagged as a noun after its quotation"),
        pytest.param(ANNOUNCES, [("The editor", "We won.")], id="a verb tagged as a noun before its quotation"),
        pytest.param(SHOW, [], id="near miss: a noun tagged as a verb does not agree"),
        pytest.param(LETTER, [("Lee", "We won.")], id="a participle attached to those spoken to"),
        pytest.param(TOLD, [("Lee", "We won.")], id="an infinitive and the object before it"),
        pytest.param(INSERTED, [("Ann Lee", "late")], id="a parse takes the clause's subject for the verb's"),
        pytest.param(TALL, [("the bespectacled, old mayor", "We won,")], id="a comma inside the subject of a tail"),
        pytest.param(DATELINE, [("Ann", "theft")], id="a parse takes a dateline for the subject"),
        pytest.param(ASIDE, [("Ann Lee", "I want more,")], id="an aside taken for the verb's clause"),
        pytest.param(
            TRAMS, [("transport minister", "very worried")], id="a headline's first name taken for the subject"
        ),
        pytest.param(REDUCED, [], id="near miss: a participle in place of a relative clause"),
    ],
)
def test_what_is_quoted_and_by_whom(rows, expected, change):
    quotes = quoteattr.extract(made(change(rows)))
    assert [(quote.mention.text, quote.text) for quote in quotes] == expected


@SCHEMES
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(LAST_WORDS, ("direct", "gasped"), id="an object, and the clause that it stands for"),
        pytest.param(LAST_SIGN, ("mixed", "gasped"), id="near miss: an apposition to the object"),
        pytest.param(RELIEF, ("mixed", "expressed"), id="a finite verb that shares no subject with the one above it"),
    ],
)
def test_which_verb_reports_the_words(rows, expected, change):
    doc = made(change(rows))
    (quote,) = quoteattr.extract(doc)
    assert (quote.kind, doc.text[quote.cue.start : quote.cue.end]) == expected


def test_a_parse_with_nouns_above_their_prepositions_is_read():
    doc = made("""
Lee         PROPN 1  nsubj
sent        VERB  1  root
a           DET   3  det
letter      NOUN  1  obj
to          ADP   5  case
voters      NOUN  3  nmod
saying      VERB  5  acl
_:          PUNCT 6  punct
“           PUNCT 10 punct
_We         PRON  10 nsubj
won         VERB  6  ccomp
_.          PUNCT 10 punct
_”          PUNCT 10 punct
""")
    coarse = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        pos=[token.tag_ for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
    )
    assert [(quote.mention.text, quote.text) for quote in quoteattr.extract(coarse)] == [("Lee", "We won.")]


def test_words_like_these_keep_the_reading_of_the_text():
    words = ["Clerk", "Backs", "Plan", ":", "‘", "Time", "To", "Go", "’"]
    doc = Doc(Vocab(), words=words, tags=["NN", "VBZ", "VB", ":", "``", "VB", "TO", "VB", "''"])
    assert key(quoteattr.extract(doc)) == key(quoteattr.extract(doc.text))


# each row: where a parse parts a clause, or whose verb it is, and what of the sentence's own shape speaks against it
PARTED = """
Clerks      NNS 7  nsubj
who         WP  2  nsubj
said        VBD 0  relcl
the         DT  4  det
hall        NN  5  nsubj
was         VBD 2  ccomp
cold        JJ  5  acomp
left        VBD 7  ROOT
early       RB  7  advmod
_.          .   7  punct
"""
PARTED_LATER = """
As          IN  2  mark
Lee         NNP 2  nsubj
claims      VBZ 11 advcl
that        IN  5  mark
they        PRP 5  nsubj
won         VBD 2  ccomp
_,          ,   11 punct
the         DT  9  det
old         JJ  9  amod
board       NN  11 nsubj
has         VBZ 11 aux
left        VBN 11 ROOT
_.          .   11 punct
"""
UNPARTED = """
They        PRP 1  nsubj
tell        VBP 11 advcl
us          PRP 1  dobj
that        IN  7  mark
in          IN  7  mark
order       NN  4  fixed
to          TO  7  aux
be          VB  1  ccomp
safe        JJ  7  acomp
_,          ,   11 punct
we          PRP 11 nsubj
wait        VBP 11 ROOT
_.          .   11 punct
"""
CLAUSE_SUBJECT = """
Lee         NNP 1  nsubj
said        VBD 1  ROOT
having      VBG 1  xcomp
two         CD  4  nummod
halls       NNS 2  dobj
was         VBD 1  ccomp
luck        NN  5  attr
_.          .   1  punct
"""
SPENDING = """
Lee         NNP 1  nsubj
reported    VBD 1  ROOT
losses      NNS 1  dobj
after       IN  4  mark
having      VBG 1  advcl
two         CD  6  nummod
halls       NNS 4  dobj
to          TO  8  aux
keep        VB  6  acl
_.          .   1  punct
"""
BACKED = """
Clerks      NNS 0  ROOT
who         WP  2  nsubj
backed      VBD 0  relcl
him         PRP 4  nsubj
say         VBP 2  ccomp
prices      NNS 6  nsubj
rose        VBD 4  ccomp
_.          .   0  punct
"""
LET = """
Let         VB  0  ROOT
me          PRP 3  nsubj
just        RB  3  advmod
say         VB  0  ccomp
that        IN  6  mark
they        PRP 6  nsubj
won         VBD 3  ccomp
early       RB  6  advmod
_.          .   0  punct
"""
CONFIRMING = """
Lee         NNP 1  nsubj
smiled      VBD 1  ROOT
_,          ,   1  punct
confirming  VBG 1  xcomp
it          PRP 3  dobj
will        MD  6  aux
rain        VB  1  conj
soon        RB  6  advmod
_.          .   1  punct
"""
DRONES = """
Lee         NNP 1  nsubj
lost        VBD 1  ROOT
a           DT  3  det
fleet       NN  6  nsubj
of          IN  3  prep
survey      NN  4  pobj
drones      VBZ 1  ccomp
that        WDT 8  nsubj
were        VBD 6  ccomp
directed    VBN 8  acomp
north       RB  9  advmod
_.          .   1  punct
"""
PROJECTS = """
The         DT  2  det
town        NN  2  compound
projects    NNS 2  ROOT
that        WDT 6  dobj
prices      NNS 6  nsubj
will        MD  6  aux
fall        VB  2  relcl
_.          .   2  punct
"""
COMFORT = """
Lee         NNP 3  nsubj
did         VBD 3  aux
not         RB  3  neg
accept      VB  3  ROOT
anyone      NN  6  poss
_’s         POS 4  case
comfort     NN  3  dobj
_.          .   3  punct
"""
REVEALED = """
Prices      NNS 1  nsubj
rose        VBD 3  ccomp
_,          ,   1  punct
disclosures NNS 3  ROOT
filed       VBN 3  acl
on          IN  4  prep
Monday      NNP 5  pobj
revealed    VBN 3  acl
_.          .   3  punct
"""
THOUGH = """
Lee         NNP 1  nsubj
said        VBD 1  ROOT
the         DT  3  det
hall        NN  4  nsubj
was         VBD 1  ccomp
cold        JJ  4  acomp
_,          ,   4  punct
though      IN  9  mark
it          PRP 9  nsubj
was         VBD 4  advcl
not         RB  9  neg
dark        JJ  9  acomp
_.          .   1  punct
"""
THOUGH_LATER = THOUGH.replace("was         VBD 4  advcl", "was         VBD 1  advcl")
SISTER = """
Lee         NNP 12 nsubj
_,          ,   12 punct
like        IN  12 prep
his         PRP$ 4 poss
sister      NN  2  pobj
_,          ,   12 punct
Ann         NNP 7  compound
Kay         NNP 12 nsubj
_,          ,   7  punct
a           DT  10 det
cook        NN  7  appos
_,          ,   7  punct
said        VBD 12 ROOT
it          PRP 14 nsubj
was         VBD 12 ccomp
late        JJ  14 acomp
_.          .   12 punct
"""
ANNEX = """
A           DT  1  det
letter      NN  2  nsubj
attached    VBD 2  ROOT
as          IN  6  mark
Annex       NNP 6  nsubj
9           CD  4  nummod
says        VBZ 2  advcl
it          PRP 8  nsubj
was         VBD 6  ccomp
late        JJ  8  acomp
_.          .   2  punct
"""
ROWERS = """
The         DT  1  det
rowers      NNS 2  nsubj
left        VBD 2  ROOT
when        WRB 5  advmod
Ann         NNP 5  nsubj
stopped     VBD 2  advcl
_,          ,   5  punct
waved       VBD 2  conj
_,          ,   2  punct
and         CC  2  cc
said        VBD 2  conj
it          PRP 12 nsubj
was         VBD 10 ccomp
late        JJ  12 acomp
_.          .   2  punct
"""
BACKING = """
The         DT  2  det
cook        NN  2  compound
backing     NN  9  nsubj
Ann         NNP 4  compound
Kay         NNP 2  dobj
_,          ,   4  punct
a           DT  7  det
joiner      NN  4  appos
_,          ,   2  punct
said        VBD 9  ROOT
it          PRP 11 nsubj
was         VBD 9  ccomp
late        JJ  11 acomp
_.          .   9  punct
"""
SPONSOR = """
Ann         NNP 1  compound
Kay         NNP 1  ROOT
_,          ,   1  punct
the         DT  4  det
bill        NN  8  poss
_’s         POS 4  case
only        JJ  8  amod
Whig        NNP 8  compound
sponsor     NN  10 nsubj
_,          ,   8  punct
said        VBD 10 ROOT
it          PRP 12 nsubj
was         VBD 10 ccomp
late        JJ  12 acomp
_.          .   10 punct
"""
CLAIMED = """
A           DT  1  det
man         NN  1  ROOT
who         WP  3  nsubj
claimed     VBD 1  relcl
he          PRP 5  nsubj
saw         VBD 3  ccomp
the         DT  7  det
crash       NN  8  nsubj
said        VBD 5  ccomp
that        IN  11 mark
it          PRP 11 nsubj
rained      VBD 8  ccomp
_.          .   1  punct
"""
MEANT = """
Ann         NNP 1  nsubj
said        VBD 1  ROOT
more        JJR 1  advmod
than        IN  5  mark
she         PRP 5  nsubj
meant       VBD 1  ccomp
to          TO  7  aux
say         VB  5  xcomp
_.          .   1  punct
"""
BRIEFING = """
Officers    NNS 3  compound
briefing    NN  3  compound
Ann         NNP 3  compound
Poe         NNP 6  nsubj
that        DT  5  det
night       NN  6  npadvmod
said        VBD 6  ROOT
it          PRP 8  nsubj
was         VBD 6  ccomp
late        JJ  8  acomp
_.          .   6  punct
"""
STAFF = """
Lee         NNP 1  nsubj
cited       VBD 1  ROOT
notes       NNS 1  dobj
_,          ,   2  punct
which       WDT 5  nsubj
included    VBD 2  relcl
clerks      NNS 5  dobj
suggesting  VBG 5  xcomp
it          PRP 9  nsubj
rained      VBD 7  ccomp
_.          .   1  punct
"""
BASE = """
Lee         NNP 1  nsubj
said        VBD 1  ROOT
they        PRP 4  nsubj
may         MD  4  aux
leave       VB  1  ccomp
and         CC  4  cc
tell        VB  1  conj
Ann         NNP 9  nsubj
it          PRP 9  nsubj
rained      VBD 6  ccomp
_.          .   1  punct
"""
BASE_FINITE = BASE.replace("tell        VB ", "told        VBD")
ALLEGING = """
Lee         NNP 10 nsubj
_,          ,   0  punct
alleging    JJ  0  amod
falsely     RB  2  advmod
that        IN  7  mark
the         DT  6  det
mill        NN  7  nsubj
burnt       VBD 0  dep
down        RB  7  advmod
_,          ,   0  punct
left        VBD 10 ROOT
_.          .   10 punct
"""
PROMISE = """
He          PRP  1  nsubj
echoed      VBD  1  ROOT
that        IN   1  prep
promise     NN   7  nsubj
on          IN   3  prep
Monday      NNP  4  pobj
_,          ,    3  punct
saying      VBG  2  pcomp
he          PRP  10 nsubj
would       MD   10 aux
pay         VB   7  ccomp
_.          .    1  punct
"""
DAM = """
The         DT   1  det
dam         NN   1  ROOT
_,          ,    1  punct
which       WDT  5  dobj
Lee         NNP  5  nsubj
said        VBD  1  relcl
would       MD   7  aux
hold        VB   5  ccomp
_,          ,    7  punct
burst       NN   7  dobj
on          IN   9  prep
Friday      NNP  10 pobj
_.          .    1  punct
"""
WARNING = """
Few         JJ  1  nsubj
heard       VBD 1  ROOT
his         PRP$ 4 poss
stern       JJ  4  amod
warning     NN  1  dobj
that        IN  7  mark
mills       NNS 7  nsubj
burn        VBP 4  ccomp
down        RB  7  advmod
_.          .   1  punct
"""
YOU_CAN = """
If          IN  2  mark
Lee         NNP 2  nsubj
asks        VBZ 15 advcl
why         WRB 6  advmod
the         DT  5  det
hall        NN  6  nsubj
was         VBD 12 advcl
cold        JJ  6  acomp
_,          ,   12 punct
you         PRP 12 nsubj
can         MD  12 aux
honestly    RB  12 advmod
say         VB  2  ccomp
_,          ,   2  punct
“           ``  15 punct
_Yes        UH  15 ROOT
_.          .   15 punct
_”          ''  15 punct
"""


@SCHEMES
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(PARTED, [("who", "the hall was cold")], id="the verb of the subject that the report stands in"),
        pytest.param(PARTED_LATER, [("Lee", "they won")], id="the main clause after a comma"),
        pytest.param(UNPARTED, [("They", "in order to be safe, we wait")], id="near miss: no whole clause is parted"),
        pytest.param(CLAUSE_SUBJECT, [("Lee", "having two halls was luck")], id="a clause as subject, cut off"),
        pytest.param(SPENDING, [], id="near miss: no clause after the other one"),
        pytest.param(BACKED, [("Clerks", "prices rose")], id="near miss: an object pronoun as the subject"),
        pytest.param(LET, [("me", "they won early")], id="an object pronoun after let"),
        pytest.param(CONFIRMING, [("Lee", "it will rain soon")], id="near miss: a pronoun with its verb as an object"),
        pytest.param(DRONES, [], id="near miss: a noun with its relative clause tagged as a verb"),
        pytest.param(PROJECTS, [("The town", "prices will fall")], id="near miss: a verb tagged as the main noun"),
        pytest.param(COMFORT, [], id="a possessive mark is no verb"),
        pytest.param(REVEALED, [("disclosures", "Prices rose")], id="near miss: two participles after one noun"),
        pytest.param(THOUGH, [("Lee", "the hall was cold, though it was not dark")], id="a concession of the speaker"),
        pytest.param(CLAIMED, [("who", "he saw the crash"), ("A man", "it rained")], id="near miss: a garden path"),
        pytest.param(MEANT, [], id="near miss: a comparison taken for a clause"),
        pytest.param(BRIEFING, [("Officers", "it was late")], id="near miss: a participle tagged as a noun"),
        pytest.param(STAFF, [("clerks", "it rained")], id="near miss: an object's participle given to the subject"),
        pytest.param(
            BASE,
            [("Lee", "they may leave and tell Ann it rained"), ("Lee", "it rained")],
            id="a base form goes on with another",
        ),
        pytest.param(BASE_FINITE, [("Lee", "they may leave"), ("Lee", "it rained")], id="near miss: a finite form"),
        pytest.param(ALLEGING, [("Lee", "the mill burnt down")], id="near miss: a participle tagged as an adjective"),
        pytest.param(PROMISE, [("He", "he would pay")], id="a determiner taken for what opens a clause"),
        pytest.param(DAM, [("Lee", "which would hold")], id="a main verb tagged as a noun after a relative clause"),
        pytest.param(WARNING, [("his", "mills burn down")], id="a participle that is a noun"),
        pytest.param(SISTER, [("Lee", "it was late")], id="near miss: two subjects of one verb"),
        pytest.param(ANNEX, [("A letter", "it was late")], id="near miss: a phrase with as taken for a clause"),
        pytest.param(ROWERS, [("Ann", "it was late")], id="near miss: a subject farther than the nearest clause's"),
        pytest.param(BACKING, [("The cook", "it was late")], id="near miss: a noun that has an object"),
        pytest.param(SPONSOR, [("Ann Kay", "it was late")], id="near miss: an apposition with a name in it"),
        pytest.param(THOUGH_LATER, [("Lee", "the hall was cold")], id="near miss: a concession of the writer"),
    ],
)
def test_what_a_parse_parts_must_fit_the_sentence(rows, expected, change):
    quotes = quoteattr.extract(made(change(rows)), kinds=["indirect"])
    assert [(quote.mention.text, quote.text) for quote in quotes] == expected


def test_the_verb_of_the_main_clause_is_not_that_of_the_question_before_it():
    quotes = quoteattr.extract(made(YOU_CAN), kinds=["direct", "mixed", "indirect"])
    assert [(quote.mention.text, quote.text) for quote in quotes] == [("Lee", "why the hall was cold"), ("you", "Yes.")]


# ---------------------------------------------------------------- entities


def tagged(text, **entities):
    doc = spacy.blank("en")(text)
    doc.ents = [
        doc.char_span(text.index(name), text.index(name) + len(name), label) for name, label in entities.items()
    ]
    return quoteattr.extract(doc)[0]


def test_a_name_that_the_text_leaves_open_is_what_the_entity_says():
    text = "Zandorel rose. “We won,” she said."
    assert quoteattr.extract(text)[0].speaker is None
    assert tagged(text, Zandorel="PERSON").rule.endswith("pronoun.subject")
    assert tagged("“We won,” the Zandorel said.", Zandorel="ORG").speaker.kind == "organization"


@pytest.mark.parametrize("label", ["GPE", "ORG", "LOC", "WORK_OF_ART", "NORP"])
def test_a_speaker_tagged_as_a_thing_still_speaks(label):
    for text in ("“We won,” Zandorel said.", "Zandorel rose. “We won,” she said."):
        assert tagged(text, Zandorel=label).speaker == quoteattr.extract(text)[0].speaker


def test_an_entity_does_not_outvote_the_text():
    assert tagged("“We won,” said Mrs Lee.", Lee="ORG").speaker.kind == "person"
    doc = spacy.blank("en")("Zandorel rose. “We won,” she said. “We lost,” Zandorel said.")
    doc.ents = [doc.char_span(0, 8, "PERSON"), doc.char_span(46, 54, "ORG")]
    assert [quote.speaker.kind for quote in quoteattr.extract(doc)] == ["person", "person"]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        (
            "A spokesman for Zandorel Farms said: “We care.” The company added that it was “late”.",
            "Zandorel Farms",
            "PERSON",
        ),
        ("Rule 4 of the Harbour Act says no. The Act says pilots must be “sober”.", "Act", "ORG"),
        ("Ann sat. “Bexorra!” They ate. “We won,” she said. “Bexorra,” cried the cook.", "Bexorra", "PERSON"),
    ],
    ids=["a body as a person", "a law as a body", "an interjection as a person"],
)
def test_a_name_that_looks_otherwise_is_not_what_the_entity_says(text, name, label):
    doc = spacy.blank("en")(text)
    at = text.rindex(name)
    doc.ents = [doc.char_span(at, at + len(name), label)]
    assert doc.ents[0].text == name
    assert key(quoteattr.extract(doc)) == key(quoteattr.extract(text))


def test_a_first_name_makes_a_person_of_an_entity():
    text = "Zoe Greenlock came. She said it was “late”."
    assert tagged(text, **{"Zoe Greenlock": "PERSON"}).speaker.kind == "person"


# ---------------------------------------------------------------- sentence starts


def split(text, *starts):
    doc = spacy.blank("en")(text)
    for token in doc:
        token.is_sent_start = token.idx == 0 or token.idx in starts
    return [(quote.mention.text, quote.text) for quote in quoteattr.extract(doc, kinds=["direct", "mixed", "indirect"])]


def test_a_stop_that_ends_no_sentence_in_the_doc_may_belong_to_its_word():
    text = "The clerk told Brg. Lee it was “late”. Nobody came."
    assert quoteattr.find_quotes(text)
    assert not quoteattr.extract(text)
    assert split(text, text.index("Nobody")) == [("The clerk", "late")]


@pytest.mark.parametrize("every", [1, 1000])
def test_wrong_sentence_starts_do_no_harm(every):
    text = "Ann Lee came to London. Bob Kay said it was “late. Too late.” The Board left. “Go,” Ms Lee said."
    starts = range(0, len(text), every)
    plain = [(q.mention.text, q.text) for q in quoteattr.extract(text, kinds=["direct", "mixed", "indirect"])]
    assert split(text, *starts) == plain


CUT = """
Ann     NNP 1  compound
Lee     NNP 2  nsubj
said    VBD 2  ROOT
on      IN  2  prep
Monday  NNP 3  pobj
that    IN  2  prep
"""


def test_a_report_that_breaks_off_is_none():
    assert list(quoteattr.extract(made(CUT), kinds=KINDS)) == []


TAGS = ["NN", "NNP", "VBD", "VBZ", "VBN", "VB", "IN", "DT", "JJ", "PRP"]
LABELS = ["ROOT", "nsubj", "ccomp", "dobj", "prep", "pobj", "conj", "appos", "relcl", "nsubjpass", "advcl", "xcomp"]
EXAMPLES = Path(__file__).parent.parent / "examples"
BLANK = spacy.blank("en")


@given(st.sampled_from(sorted(EXAMPLES.glob("*.txt"))), st.integers(0, 900), st.randoms(use_true_random=False))
def test_no_annotation_raises(path, start, chance):
    doc = BLANK(path.read_text(encoding="utf-8")[start : start + 300])
    for token in doc:
        token.tag_ = chance.choice(TAGS)
        token.dep_ = chance.choice(LABELS)
        token.head = doc[max(0, min(len(doc) - 1, token.i + chance.randrange(-6, 7)))]
    quotes = quoteattr.extract(doc, kinds=KINDS)
    check_promises(doc.text, quotes)
    assert [q.spans for q in quoteattr.extract(doc)] == [q.spans for q in quotes if q.kind != "indirect"]
