"""Where the source of a cue stands, and how far a reported clause goes: patterns over chunk codes.

The codes are explained in `quoteattr.reading`.
"""

from __future__ import annotations

import re
from bisect import bisect_right

import attrs

from quoteattr.lexicon import HIGH_OFFICES, Lexicon, words_of
from quoteattr.values import Sentence

# auxiliaries, adverbs, time words and a reflexive between a subject and its verb
_PRE = r"(?:[arxe]|(?:p?S|[iF])?m|i?#|o(?=[arxevgu]|$))*"
# prepositional phrases after the head of a subject
_PP = r"(?:[ifFk]p?#?[Nnopm])*"
_APPOSITION = r"(?:,(?!s[Nnp])[^Q;:]*,|\([^()]*\)|-[^-Q;:]*-)"

_ADJACENT = re.compile(rf"(?:^|(?<=[^ifFkBgGy]))(?P<src>[Nnp]){_PP}(?:\([^()]*\),?)?{_PRE}i?$")
# is said to have told, was believed to have left
_HELD_TO_HAVE = re.compile(rf"(?:^|(?<=[^ifFkBgGy]))(?P<src>[Nnp]){_PP}(?:[arx]|i?m)*(?:e[rx]*[uvy]|[vy])kar*$")
_ADJACENT_ANY = re.compile(rf"(?P<src>[Nnp])(?:\([^()]*\))?{_PRE}$")
# a share of people: "6 in 10 say"
_OF_TEN = re.compile(rf"(?P<src>#)i#{_PRE}$")
_APART = re.compile(rf"(?:^|(?<=[^ifFSyvgGBkoz]))(?P<src>[Nnp]){_PP}(?:\([^()]*\))?{_APPOSITION}{_PRE}$")
# a pastor backing the plan, Ann Smith of Oslo, said
_ROLE_THEN_NAME = re.compile(
    rf"(?:^|(?<=[,;:cbsSAQ.(-]))(?P<role>n){_PP}[gGy](?:r|i?m|[ifFk]?[Nno])*,(?P<src>N){_PP},{_PRE}$"
)
# after a verb of speech: "the lawyer said her client, Ann Smith, had told her"
_APART_REPORTED = re.compile(rf"(?<=[^Q,-]v)(?P<src>[Nn]){_PP}(?:\([^()]*\))?,[^Q;:yvea]*,{_PRE}$")
# after a subordinator: "after a woman in Worcester, Massachusetts, told him"
_APART_LATER = re.compile(rf"(?<=[sS])(?P<src>[Nnp]){_PP}(?:\([^()]*\))?{_APPOSITION}{_PRE}$")
# with a title in the apposition: "a contestant on the show “Night Train,” who left, said"
_APART_TITLED = re.compile(
    rf"(?:^|(?<=[^ifFSyvgGBkoz]))(?P<src>[Nnp]){_PP}(?:\([^()]*\))?,[^Q;:,vyea]*[nNifg](?:Q|,Q(?=w))(?:[wifFnA][^;:Q]*,|,[^;:Q]*,|,)?{_PRE}$"
)
# after a relative clause with a quotation: "Smith, who called it “wrong”, said"
_AFTER_RELATIVE = re.compile(
    rf"(?:^|(?<=[^ifFSyvgGBkoz]))(?P<src>[Nnp]){_PP}(?:\([^()]*\))?,(?:w[^;:,Q]*[vyea][^;:,]*(?:,[^;:,]*)?|r*v[^;:,Q]*)Q(?:i[Nn]{_PP})?,?{_PRE}$"
)
# who is quoted or cited: "quoted the doctor as saying", "quoted the doctor: “...”"
_QUOTED = re.compile(r"(?:n(?:[ifF][Nn])*,(?=N))?(?P<src>[Nno](?:[ifF][Nn])*)(?:,?(?P<as>A)g|:)")
_QUOTED_OBJECT = re.compile(r"v(?P<src>[Nno](?:[ifF][Nn])*)A$")
# an adverbial phrase that opens a sentence: "in a letter about polling places and staff,"
_OPENING_PHRASE = re.compile(r"(?:[iSF]#?[Nnop](?:(?:[ifF]|,?c)#?[Nnopm]|i?m|r)*|(?:i?m)+),(?=[Nnp])")
# a participle between a subject and its verb: "an ad released Thursday accuses"
_REDUCED = re.compile(
    r"(?:^|(?<=[^ifFkBgGy]))(?P<src>[Nn])(?:[ifF]#?[Nn])*(?P<participle>[vy])i?(?:r|i?m|[ik][Nn](?:[ifF][Nn])*)*$"
)
# the same with more: "a nurse accused of replacing drugs with water told", "a letter sent by Ann and seen by Lee said"
_REDUCED_LONG = re.compile(
    r"(?:^|(?<=[^ifFkBgGy]))(?P<src>[Nn])(?:[ifF]#?[Nn])*(?P<participle>[vy])[ifFAk][^,;:QcbTwsSyve]*"
    rf"(?:,?c(?P<second>[vy])[ifFAk][^,;:QcbTwsSyve]*)?{_PRE}$"
)
_RELATIVE = re.compile(rf"(?P<ante>[Nnp]){_PP}(?:\([^()]*\)|,#(?=,))?[,-]?(?P<src>w)(?:,[^,Q;]*,)?{_PRE}(?:[vy]kar*)?$")
# a participle under the verb of a relative clause: Smith, who was blamed for calling it late
_IN_RELATIVE = re.compile(rf"(?P<ante>[Nnp]){_PP}(?:\([^()]*\))?[,-](?P<src>w)[arxe]*[uvy](?:r|i?m)*[iFfSk]r*$")
# whose kin or colleague: "Smith, whose brother, Bob, said"
_WHOSE = re.compile(rf",(?P<src>n){_PP}(?:,(?:[^Q;:yvea]*|[nN][vy]N),)?{_PRE}$")
# a thing with its own words: "a banner that said"
_THAT = re.compile(r"(?:^|(?<=[^n]))(?P<ante>n)(?P<src>T)$")
# "with the campaign saying", "a sign saying", "led her to declare"
_ABSOLUTE = re.compile(rf"(?P<with>i)(?P<src>[Nnop]{_PP}(?:,?c[Nn]{_PP})?){_PRE}$")
# with Smith going on air to call it
_ABSOLUTE_TO = re.compile(rf"(?P<with>i)(?P<src>[Nno]{_PP})r*[gG][^,;:Q]*kr*$")
# a name of its own before a participle: "both were glad, Ryan saying ..., and Lee calling ..."
_OWN_SUBJECT = re.compile(r"(?:^|-|,c?|Qc)(?P<src>N)r*$")
# seen doing so: "heard Smith saying", "watched Smith leave, saying"
_SEEN = re.compile(r"(?P<verb>[yvgGB])(?P<src>[Nno])(?:[ifF][Nn])*(?:r|i?m)*(?:[gG][^;:Q]*,r*)?$")
_LEFT_SAYING = re.compile(r"[yvB](?P<src>n(?:f[Nn])*)$")
_OBJECT_CONTROL = re.compile(r"(?P<verb>[yvgGB])r?(?P<src>[Nno])(?:[ifF][Nn])*(?:,w[^,;:Q]*,)?r*kr*$")
# according to Smith, citing Jones,
_ACCORDING_TO = re.compile(rf"hk(?P<src>[Nn]){_PP},r*$")
# who is to do it: common for officials to call it so
_FOR_TO = re.compile(r"(?P<for>[iF])(?P<src>[Nno])(?:[ifF][Nn])*r*kr*$")
# a video of him saying
_SHOWN = re.compile(r"f(?P<src>[No])r*$")
# a letter from Smith saying
_DOCUMENT_FROM = re.compile(r"(?P<src>n)(?P<from>[iF])Nr*$")
_RESTRICTIVE = re.compile(
    rf"(?:^|(?<=[^ifFSyvgGBkoz]))(?P<src>[Nnp]){_PP}(?:wT?|G|g|(?<=[nN])T(?=[arx]*[yve]))[^,Q;:]*{_PRE}$"
)
# the pastor who backs Ann Smith, a joiner in Oslo, said
_RESTRICTIVE_APART = re.compile(
    rf"(?:^|(?<=[^ifFSyvgGBkoz]))(?P<src>[Nnp]){_PP}(?:wT?|G|g)[^,Q;:]*,[^,Q;:yveaw]*,{_PRE}$"
)
_RELATIVE_PART = re.compile(
    rf"(?:^|(?<=[^ifFSyvgGBkoz]))(?P<src>[Nnp]){_PP}(?:w|(?<=[nN])T){_PRE}(?:v?|vT?[Nnp]{_PP}{_PRE}[yv])$"
)
_JOINT = re.compile(
    rf"(?:^[cbr]*|(?<=[,;:QAsST.(-]))(?P<src>(?P<one>[Nnp]){_PP}(?:\([^()Q]*\))?(?:,[Nn]{_PP})*,?c(?P<two>[Nn])){_PP}"
    rf"(?:\([^()Q]*\))?{_PRE}$"
)
# two, the second with an apposition: "Smith and Jones, the mayor, said", "Smith and his deputy, Jones, said"
_JOINT_THEN_APPOSED = re.compile(
    rf"(?:^(?:[cbr]|i?m)*|(?<=[;:QAsST.(-]))(?P<src>[Nn]{_PP}c(?:N{_PP}(?=,[^Q;:,yveawT]{{1,20}},|,w[^Q;:,]*,)|n{_PP},N))"
    rf"(?:,[^Q;:,yveawT]*|,w[^Q;:,]*)?,{_PRE}$"
)
# two, each with an apposition: "Smith, of the bank, and his deputy, Jones, of the union, said"
_JOINT_APPOSED = re.compile(
    rf"(?:^|(?<=[;:QAsST.(-]))(?:n{_PP},)?(?P<src>N{_PP}(?:,[^Q;:yveawT]{{1,20}})?,c(?P<two>[Nn]){_PP}(?:,(?P<name>N))?)"
    rf"(?:,[^Q;:yveawT]{{1,20}},(?P<float>p)?|,)?{_PRE}$"
)
# one article and two nouns: the founder and former mayor, who left, said
_OFFICES = re.compile(
    rf"(?:^[cbr]*|(?<=[,;:QAsST.(-]))(?P<one>n){_PP}c(?P<two>n{_PP})(?:,(?P<name>N),|,w[^;:Q]*,|\([^()]*\))?{_PRE}$"
)
# those before the last of several: Smith, Jones and
_JOINT_BEFORE = re.compile(rf"(?:^|(?<=[,;:cbQAsST.(-]))(?:[rcb]|i?m,?)*(?P<one>[Nnp]){_PP}(?:(?:,[Nn]{_PP})+,?)?c$")
_SHARED = frozenset({"shared", "coordinated"})
_FLOATING = words_of("floating quantifiers")
_COORDINATED = re.compile(r"[cb](?:[arxe]|i?m|i[Nn],?)*$")
# an aside that ends before a conjunction: "he opposed the plan - something nobody had seen - and said"
_ASIDE = re.compile(r"-[^-Q;:]*-[cb](?:[arxe]|i?m)*$")
# a conjunction after a comma: the coordinated verb is the main clause's
_SET_OFF_VERB = re.compile(r",[cb]?(?:[arxe]|i?m)*$")
# the last verb of a list: "she stopped, flung up her arms, and cried"
_LISTED = re.compile(r"[yv][^,;:QyvsSATw]*,r*[yv][^,;:QyvsSATw]*,[cb](?:[arxe]|i?m)*$")
# where and when, between a verb at the end of its clause and a participle: "he said in May, adding"
_TAIL_END = re.compile(r"(?:[rmo#]|i?m|[ikfF][Nnop])*,r*$")
# a second participle in a reported clause: said that he is being kind and showing
_PROGRESSIVE = re.compile(r"T[Nnp][^,;:QTwsSyv]*e[rx]*[gGe][^,;:QTwsSyv]*c$")
# a participle right after the verb: "keeps talking", "began by saying"
# a verb in quotation marks before the conjunction: "asked about it, Smith “smiled” and said"
_AFTER_QUOTED_VERB = re.compile(r"(?:^|[,;:])(?P<src>[Nnp])(?:[ifF][Nn])*Qc[arx]*$")
_CHAINED = re.compile(r"[yv](?:r|i)*$")
_SERIAL = re.compile(r"[cb][arxe]*(?P<verb>[vy])[ri]*kr*$")
# a clause that a participle after it belongs to: spoke as he left, saying; she spoke, and he left, saying
_LATER_CLAUSE = re.compile(rf"(?:(?<=[^,])[sSA]|,[cb]|;[cb]?)(?:r|i?m)*(?P<src>[Nnp]){_PP}(?:\([^()]*\))?{_PRE}[yvea]")
_BRACKETED = re.compile(r"^[^(]*\)")
_BEFORE_TRAILING = re.compile(r",(?:r|i?m|in,?)*$")
_GOES_ON = re.compile(",[cb]")
_AT_ONCE = words_of("conjunctions of the same time")
_TIMES = words_of("conjunctions of time")
_CLAUSE_SUBJECT = re.compile(
    rf"(?:^|(?<=[,;:cbsSTAQ.(-]))(?:[rcb]|i?m,?|[iS]n(?:f[Nnop])*(?=[Np]))*(?P<src>[Nnp])N?{_PP}(?:\([^()]*\))?(?:,[^Q;:]*?,|-[^-Q;:]*-)?{_PRE}(?P<verb>[yvu])|(?:^|(?<=[,;:cbsSTAQ.(-]))(?:[rcb]|i?m,?|[iS]n(?:f[Nnop])*(?=[Np]))*(?P<src2>[Nnp]){_PP}(?:,[^Q;:]*?,)?(?:[r]|i?m)*[ea]"
)
# PARIS, Aug 31 (Reuters) -
_DATELINE = re.compile(r"N(?:,[Nm#]+)*\([^()]*\)-|N(?:,[Nm#]+)+-")
# Smith, citing ..., left
# a subject with a participle of its own: protesters chanting “shame” blocked the road
_HEAD_OF_PARTICIPLE = re.compile(rf"(?:^(?:[rcb]|i?m,?)*|(?<=[;:sST.]))(?P<src>[Nn]){_PP}$")
_BEFORE_PARTICIPLE = re.compile(rf"(?:^|(?<=[,;:cbsSTAQ.-]))(?P<src>[Nnp]){_PP},r*$")
_HAVING = re.compile(r"[cbr]*ar*")
_AFTER_PARTICIPLE = re.compile(rf"[,Q](?P<src>[Nnp]){_PP}(?:,[^Q;:]*?,)?{_PRE}[yvea]")
# the reply came from Smith
_VOICE_OF = re.compile(r"i[Nno]")
# came the reply from Smith
_VOICED = re.compile(r"(?:r|i?m)*(?P<noun>n)(?P<from>i)(?P<src>[Nno])")
_AND_ANOTHER = re.compile(rf",(?:n{_PP}|#),c(?:n,(?=N))?[Nn](?!{_PP}(?:,[^,Q;:]*,)?(?:[arx]|i?m)*[vyea])")
_AND_OTHERS = re.compile(rf"(?:,N)+,?c[Nn](?!{_PP}(?:,[^,Q;:]*,)?(?:[arx]|i?m)*[vyea])")
_INVERTED = re.compile(r"(?:r|i?m)*(?:o|k[Nno])?(?P<that>T(?=n[.,;]))?(?P<src>[Nn]|p)")

# a role with what depends on it, before a name in apposition: "the minister of the day, Ann Smith"
_TO_NAME = re.compile(rf"[nN]{_PP}(?:[gG](?:[ifF]?[Nno])*)?(?=,N{_PP}(?:[,.v]|$))")
_NAME_FOLLOWS = re.compile(rf",N{_PP}(?:[,.v]|$)")
# whose foreman, a man called Ann Smith,
_CALLED_FOLLOWS = re.compile(r",[nN](?P<verb>[vy])N(?=,)")
# whose: his mother, their claim
POSSESSIVES = words_of("third-person possessives")
_EXPLETIVES = words_of("expletives")
# phrases after a verb and its subject that are none of the subject's
_HOW, _WHEN = words_of("prepositions of manner"), words_of("prepositions of time")
_MANNERS, _OCCASIONS = words_of("manners of speaking"), words_of("occasions")
_OWNERS = words_of("determiners of one thing")
_PERCEPTION = words_of("verbs of perception")
_CAUSATIVE = words_of("verbs of making somebody act")
CALLS = words_of("nouns of calling out")
# pronouns that can only be subjects
SUBJECTS = words_of("subject pronouns")
# said somebody; against: said all
_ANYBODY = frozenset(word for word in words_of("indefinite pronouns") if word.endswith(("body", "one")))
_NAMING = frozenset({"name", "call"})
# pronouns that may stand before a name: said one, Ann Smith
_SINGLED_OUT = words_of("singling pronouns")

# what may stand between a cue and the words it reports
_FILL = r"(?:r(?:cr)?|[iF]?p?m|i?#|,[^,;:Q]{1,12},|[iFkfAS]#?[Nnop](?:[ifFc]#?[Nnop])*|g|G)*"
LEAD_GAP = re.compile(rf"{_FILL}(?:i(?=[,:]))?(?:,N(?=[,:]))?(?P<mark>,|:|-|:-)?$")
ADDRESSEE = re.compile(r"(?:r)?(?P<adr>[Nnop](?:c[Nno])?)(?:\(N\))?(?=[,:QT]|s|S|r?[iFf]|m|A|[Nnpd]|$)")
TO_ADDRESSEE = re.compile(r"r?k(?P<adr>[Nno])(?:,[^,;:QT]{1,12},(?=T))?")
CLAUSE_GAP = re.compile(
    r"(?:r|i?m|,[^,Q;:]{1,14},(?=T)|[iFkfAS]#?[Nno](?:[ifF][Nno])*(?=(?:r|i?m)*,?[TQ:]))*[,:]?(?P<that>T(?!e|a[^Nnp]))?"
)


@attrs.frozen
class Source:
    """A source: chunk range `[first, last)`, the relative's antecedent, the pattern that found it."""

    first: int
    last: int
    antecedent: int | None
    shape: str
    joint: bool = False
    """whether it names several, where the pattern does not say so"""


def find_source(sentence: Sentence, cue: int, known: dict[int, Source], lexicon: Lexicon) -> Source | None:
    """Find who is the subject of the cue at chunk `cue`; `known` holds the cues already read."""
    source = _find_source(sentence, cue, known, lexicon)
    if source is not None and source.shape in _SHARED and sentence.codes[source.first - 1 : source.first] == "c":
        source = _join(sentence, source, lexicon)
    if sentence.tokens.evidence.roles:
        source = _prefer_parsed(sentence, cue, source, lexicon)
    return source if source is None else prefer_name(sentence, source, lexicon)


def _join(sentence: Sentence, source: Source, lexicon: Lexicon) -> Source:
    """Take all who are the subject that a verb shares, not the last of them: Smith and Jones left, saying."""
    found = _JOINT_BEFORE.search(sentence.codes, 0, source.first)
    if found is None or not _is_joint(sentence, found.start("one"), source.first, lexicon):
        return source
    joint = not is_shared_office(sentence, found.start("one"), source.first, lexicon)
    return attrs.evolve(source, first=found.start("one"), joint=joint)


def chunk_at(sentence: Sentence, offset: int) -> int:
    """Return the chunk that covers an offset; -1 if none of the sentence does."""
    starts = sentence.tokens.start
    first, last = bisect_right(sentence.first, bisect_right(starts, offset) - 1) - 1, len(sentence.codes)
    return first if 0 <= first < last and sentence.span(first)[0] <= offset < sentence.span(first)[1] else -1


# a subject that patterns found only by a guess, or not at all
_GUESSED = frozenset({"apposition", "coordinated"})
_SET_OFF = re.compile(r"[,cbQ-](?:r|i?m)*$")
# whom a relative stands for: a user called “greybeard,” who
_WHO = re.compile(r"(?P<ante>[NnpT])(?:[ifF]#?[Nn])*(?:v?Q)?,?$")


def _prefer_parsed(sentence: Sentence, cue: int, source: Source | None, lexicon: Lexicon) -> Source | None:
    """Weigh the subject that the patterns found against the one that a Doc's parse names."""
    evidence = sentence.tokens.evidence
    codes = sentence.codes
    verb = evidence.token(*sentence.span(cue))
    if verb < 0 or codes[cue] == "u" or (evidence.tags and evidence.tags[verb] not in "vbguVa"):
        return source
    subject = evidence.subject(verb)
    at = chunk_at(sentence, evidence.begin[subject]) if subject >= 0 else -1
    if at < 0 or codes[at] not in "nNpow":
        return source
    if codes[at] == "o" and codes[cue] == "v" and sentence.tokens.word[sentence.first[at] - 1] != "let":
        return source  # "those who endorsed him say": no subject of a finite verb
    if source is not None and (source.first <= at < source.last or source.antecedent == at):
        return source
    if (
        source is not None
        and sentence.tokens.word[sentence.first[at]] == sentence.tokens.word[sentence.first[source.first]]
    ):
        return source  # the same word again: the nearer one
    if source is not None and ("-" in codes[at : source.first] or re.search("Q[^yvea]*,$", codes[at : source.first])):
        return source  # "OSLO, Monday - The mayor"; "Oslo “very late” with its plan, minister says"
    if source is not None and (codes[at - 1 : at] == "A" or _is_subject(sentence, source, verb)):
        return source  # "a letter attached as Exhibit 9 reads"; "Smith, like his sister, Ann, said", both subjects
    own = subject == evidence.subjects.get(verb, -1)
    if codes[cue] in "gB":
        # after a comma a parse attaches too low: "Smith said that prices rose, adding that"
        far = source is not None and _SET_OFF.search(codes[:cue]) is not None
        if source is not None and (source.shape == "absolute" or (source.shape == "object-control" and not own)):
            return source
        if own and far and codes[at] == "n" and not can_speak(sentence, at, lexicon):
            return source  # "He echoed that promise on Monday, saying"
        if not own and source is not None:
            if far and not _shares(sentence, verb):
                return source
            head = sentence.tokens.word[sentence.last[at] - 1]
            if codes[at] == "n" and (codes[cue] == "B" or head not in lexicon.roles):
                return source
            if codes[at] == "N" and codes[at - 1 : at] == "i":
                return source  # "posted a message on Twitter reading"
            if (codes[cue] == "B" and evidence.roles[subject] == "o") or _is_told(sentence, at):
                return source  # "had this to say", "a letter to voters saying"
    elif at > cue or (source is None and _is_inserted(sentence, cue, lexicon)):
        return source
    elif source is None or source.shape in _GUESSED:
        named = source is not None and _is_name(sentence, source.first) and not _is_name(sentence, at)
        if source is not None and (not own or (source.shape == "apposition" and (at < source.first or named))):
            return source
        if source is not None and codes[at - 1 : at] == "i" and not can_speak(sentence, at, lexicon):
            return source  # "He sat, and after a few moments added"
    elif source.shape != "subject" or codes[source.first] == "N" or not own or not can_speak(sentence, at, lexicon):
        return source
    if codes[at] == "w":
        found = _WHO.search(codes[:at])
        return Source(at, at + 1, found.start() if found else None, "parsed")
    return Source(at, _extend(codes, at, cue if at < cue else None), None, "parsed")


def _is_subject(sentence: Sentence, source: Source, verb: int) -> bool:
    """Whether a parse has a source as a subject of a verb too, besides a nearer one."""
    evidence = sentence.tokens.evidence
    head = sentence.last[source.first] - 1
    token = evidence.token(sentence.tokens.start[head], sentence.tokens.end[head])
    return token >= 0 and evidence.roles[token] == "s" and evidence.heads[token] == verb


def _is_name(sentence: Sentence, chunk: int) -> bool:
    """Whether a chunk is a name, not a phrase with one: "Ann Lee", not "the bill's only Whig sponsor"."""
    return sentence.codes[chunk] == "N" and sentence.tokens.tags[sentence.first[chunk]] != "d"


def _is_told(sentence: Sentence, chunk: int) -> bool:
    """Whether a phrase is who somebody speaks to: "emailed supporters", "a letter to voters"."""
    before = sentence.codes[chunk - 1 : chunk]
    form = sentence.tokens.verbs.get(sentence.first[chunk - 1]) if before in ("v", "g", "B") else None
    return before == "k" or (form is not None and form.cue is not None and "addressee" in form.cue.frames)


def _is_inserted(sentence: Sentence, cue: int, lexicon: Lexicon) -> bool:
    """Whether a cue with its subject stands between commas: "the trouble, says Ann Smith, is"."""
    if sentence.codes[cue - 1 : cue] != ",":
        return False
    inverted = find_inverted(sentence, cue, lexicon)
    return inverted is not None and sentence.codes[inverted.last : inverted.last + 1] == ","


def _shares(sentence: Sentence, verb: int) -> bool:
    """Whether a parse shows that a verb has its subject from one outside all that is reported or quoted."""
    evidence = sentence.tokens.evidence
    role = evidence.roles[verb]
    while evidence.roles[verb] in "jax" and evidence.heads[verb] != verb:
        verb = evidence.heads[verb]
        if verb in evidence.subjects:
            at = chunk_at(sentence, evidence.begin[verb])
            low = {"j": "cmx", "x": "clma"}.get(role, "clm")
            return at >= 0 and sentence.codes[at] != "Q" and evidence.roles[verb] not in low
    return False


def prefer_name(sentence: Sentence, source: Source, lexicon: Lexicon) -> Source:
    """Take the name where a role stands in apposition to it: "the chief engineer, Ann Smith"."""
    codes = sentence.codes
    singled = codes[source.first] == "p" and sentence.tokens.word[sentence.first[source.first]] in _SINGLED_OUT
    if codes[source.first] not in "nN" and not singled:
        return source
    if singled:
        named = re.match(r",N(?=[,.v]|$)", codes[source.last :])
        return Source(source.last + 1, source.last + 2, None, source.shape) if named else source
    found = _TO_NAME.match(codes, source.first)
    if found is not None and found.end() > source.last:
        source = attrs.evolve(source, last=found.end())
    called = _CALLED_FOLLOWS.match(codes, source.last)
    if called is not None and codes[source.first] == "n" and _is_called(sentence, called.start("verb")):
        return Source(called.end() - 1, called.end(), None, source.shape)
    if _NAME_FOLLOWS.match(codes, source.last) is None or not _ends_in_name(sentence, source.last + 1):
        return source
    first, last = sentence.first[source.first], sentence.last[source.first]
    head = sentence.tokens.tags.index("f", first, last) if "f" in sentence.tokens.tags[first:last] else last
    word = sentence.tokens.word[head - 1]
    role = lexicon.roles.get(word) or lexicon.roles.get(word.rpartition("-")[2])
    if lexicon.organizations.get(word.title(), ("",))[0] == "keyword":
        return Source(source.last + 1, source.last + 2, None, source.shape)  # its news agency, KCNA
    if (
        codes[source.first] == "N"
        and sentence.tokens.tags[first] not in "dz"
        and "z" not in sentence.tokens.tags[first:last]
        and (role is None or _ends_in_name(sentence, source.first))
    ):
        return source  # "Ann Baker, Bob Smith", against "party leader in the north, Bob Smith"
    if head < last and (sentence.tokens.word[first] in _SINGLED_OUT or word.endswith("est")):
        # one of the men, Ann Smith; the eldest of the men, Ann Smith
        role, single = lexicon.roles.get(sentence.tokens.word[last - 1]), True
    else:
        single = role is not None and not role.plural
    titled = sentence.tokens.tags[sentence.first[source.last + 1]] == "t" and sentence.tokens.word[first] == "the"
    if role is None and (titled or _is_owned(sentence, first, source.last + 1)):
        return Source(source.last + 1, source.last + 2, None, source.shape)  # his opposite number, Ann Smith
    if role is None or not single:
        return source
    return Source(source.last + 1, source.last + 2, None, source.shape)


def _is_owned(sentence: Sentence, first: int, name: int) -> bool:
    """Whether a phrase says whose somebody is, and a full name follows it: his opposite number, Ann Smith."""
    owned = sentence.tokens.word[first] in POSSESSIVES or "z" in sentence.tokens.tags[first : sentence.last[name - 2]]
    return owned and sentence.last[name] - sentence.first[name] > 1


def _ends_in_name(sentence: Sentence, chunk: int) -> bool:
    """Whether a phrase ends in a name, and not in a noun after one: Ann Smith; a Russian speaker."""
    return not sentence.tokens.raw[sentence.last[chunk] - 1].islower()


def _is_called(sentence: Sentence, verb: int) -> bool:
    """Whether somebody who is told of has a name: a man called Ann Smith; not: founder of a group called Acme."""
    tokens, before = sentence.tokens, verb - 1
    inside = tokens.tags[sentence.first[before] : sentence.last[before]]
    return inside[0] == "d" and "f" not in inside and _is_naming(sentence, verb)


def _is_naming(sentence: Sentence, verb: int) -> bool:
    return _lemma(sentence, verb) in _NAMING and _is_participle(sentence, verb)


# a participle with its agent: the film, dubbed “…” by Ann Smith
# a participle that opens a sentence: asked by Ann Smith if
_OPENED_BY = re.compile(r"i[No]")
_AGENT = re.compile(r"i(?P<src>[Nno])")
_DESCRIBED_BY = re.compile(r"i[Nno](?:[ifF][Nn])*Ad?Q")
# whom a passive is by besides: by Smith and Jones; not: by Smith and Jones left
_AND_AGENT = re.compile(rf"(?:(?:,N)+,?)?c[Nn](?!{_PP}(?:,[^,Q;:]*,)?(?:[arx]|i?m)*[vyea])")
_NAMED_BY = re.compile(r"A?d?Qi[Nno]")


def _find_source(sentence: Sentence, cue: int, known: dict[int, Source], lexicon: Lexicon) -> Source | None:
    codes = sentence.codes
    before = codes[:cue].rstrip("r")[-1:]
    if codes[cue] == "u" or (codes[cue] == "v" and before in ("", ",", "-", "n") and _is_agent(sentence, cue)):
        agent = _find_quoted(sentence, cue, lexicon) or _find_agent(sentence, cue, lexicon)
        if agent is not None or codes[cue] == "u":
            return agent
    if codes[cue] in "gB":
        return _find_controller(sentence, cue, known, lexicon)
    if _HAVING.fullmatch(codes, 0, cue) and (found := _AFTER_PARTICIPLE.search(codes, cue + 1)):
        return Source(
            found.start("src"), _extend(codes, found.start("src")), None, "shared"
        )  # having called it “late,”
    for find in (_find_voice, _find_relative, _find_joint, _find_beside):
        source = find(sentence, cue, lexicon)
        if source is not None:
            return source
    return _find_parted(sentence, cue) or _find_far(sentence, cue, known, lexicon)


def _find_quoted(sentence: Sentence, cue: int, lexicon: Lexicon) -> Source | None:
    """Find who is quoted, by others, in a passive: Smith was quoted by the Post."""
    if sentence.codes[cue] != "u" or _lemma(sentence, cue) != "quote":
        return None
    source = _find_beside(sentence, cue, lexicon)
    return source if source is not None and _may_be_quoted(sentence, source.first, lexicon) else None


def _may_be_quoted(sentence: Sentence, chunk: int, lexicon: Lexicon) -> bool:
    """Whether somebody may be quoted: Smith, the mayor; not a ballad."""
    return sentence.codes[chunk] == "N" or is_person(sentence, chunk, lexicon)


def _find_agent(sentence: Sentence, cue: int, lexicon: Lexicon) -> Source | None:
    """Find whom a passive is by: branded “a liar” by Smith."""
    codes = sentence.codes
    for agent in _AGENT.finditer(codes, cue + 1, cue + 10):
        by = agent.start()
        if codes[cue] == "u" and re.search(r"[vyue]", codes[cue + 1 : by]):
            return None
        if sentence.tokens.word[sentence.first[by]] == "by":
            if codes[cue] == "v" and not can_speak(sentence, by + 1, lexicon):
                return None  # voters said “no” by a wide margin
            last = _extend(codes, by + 1)
            other = _AND_AGENT.match(codes, last)
            if other is None or not _is_joint(sentence, by + 1, other.end() - 1, lexicon):
                return Source(by + 1, last, None, "passive-by")
            joint = not is_shared_office(sentence, by + 1, other.end() - 1, lexicon)
            return Source(by + 1, other.end(), None, "passive-by", joint=joint)
    return None


def _find_voice(sentence: Sentence, cue: int, lexicon: Lexicon) -> Source | None:
    """Find who speaks in what follows the verb: the question came from Smith; quoted the doctor as saying."""
    codes = sentence.codes
    if _VOICE_OF.match(codes, cue + 1) and _lemma(sentence, cue) == "come" and can_speak(sentence, cue + 2, lexicon):
        noun = _ADJACENT.search(codes[:cue])
        if noun is not None and _head(sentence, noun.start("src")) in lexicon.cue_nouns:
            return Source(cue + 2, _extend(codes, cue + 2), None, "voiced")
    if codes[cue] == "v" and (found := _QUOTED.match(codes, cue + 1)):
        lemma = _lemma(sentence, cue)
        speaks = lemma == "quote" and (found.group("as") or _may_be_quoted(sentence, cue + 1, lexicon))
        if speaks or (lemma == "cite" and found.group("as")):
            return Source(found.start("src"), found.end("src"), None, "object")
    return None


def _find_relative(sentence: Sentence, cue: int, lexicon: Lexicon) -> Source | None:
    """Find a relative pronoun before its verb: the mayor, who said; a sign that says; Smith, whose lawyer said."""
    codes, prefix = sentence.codes, sentence.codes[:cue]
    if ("w" in prefix and (found := _RELATIVE.search(prefix))) or (
        prefix.endswith("nT")
        and (found := _THAT.search(prefix))
        and _may_hold(sentence, found.start("ante"), cue, lexicon)
    ):
        ante = _find_antecedent(sentence, found.start("ante"), found.start("src"), lexicon)
        if sentence.codes[ante] == "N" and _lemma(sentence, cue) == "read":
            ante = _find_text(sentence, ante, lexicon)
        return Source(found.start("src"), found.start("src") + 1, ante, "relative")
    if (
        "," in prefix
        and (found := _WHOSE.search(prefix))
        and sentence.tokens.word[sentence.first[found.start("src")]] == "whose"
    ):
        return Source(found.start("src"), _extend(codes, found.start("src"), cue), None, "subject")
    return None


def _find_joint(sentence: Sentence, cue: int, lexicon: Lexicon) -> Source | None:
    """Find several who are one subject: Smith and his deputy said."""
    prefix = sentence.codes[:cue]
    if "c" not in prefix:
        return None
    if "ncn" in prefix and (one := _find_offices(sentence, prefix, lexicon)) is not None:
        return one
    if ",c" in prefix and (found := _JOINT_APPOSED.search(prefix)) and _is_second(sentence, found, lexicon):
        return Source(found.start("src"), found.end("src"), None, "joint")
    if prefix.endswith(",") and (found := _JOINT_THEN_APPOSED.search(prefix)):
        return Source(found.start("src"), found.end("src"), None, "joint")
    if (found := _JOINT.search(prefix)) and is_shared_office(sentence, found.start("one"), found.start("two"), lexicon):
        return Source(found.start("src"), found.end("src"), None, "subject")
    if found is not None and _is_joint(sentence, found.start("one"), found.start("two"), lexicon):
        return Source(found.start("src"), found.end("src"), None, "joint")
    return None


def _noun(sentence: Sentence, chunk: int) -> str:
    """Return the noun of a phrase, before what it is of: of "chief executive of Acme" it is "executive"."""
    tags, first, last = sentence.tokens.tags, sentence.first[chunk], sentence.last[chunk]
    return sentence.tokens.word[(tags.index("f", first, last) if "f" in tags[first:last] else last) - 1]


def _find_offices(sentence: Sentence, prefix: str, lexicon: Lexicon) -> Source | None:
    """Find one person by two nouns after one article: the founder and former mayor, who left, said.

    Two high offices are of two persons: the president and prime minister.
    """
    found = _OFFICES.search(prefix)
    if found is None:
        return None
    one, two, tokens = found.start("one"), found.start("two"), sentence.tokens
    roles = [lexicon.roles.get(_noun(sentence, at)) for at in (one, two)]
    if tokens.tags[sentence.first[one]] not in ("d", "z") or tokens.tags[sentence.first[two]] in "d#":
        return None
    if any(role is None or role.plural for role in roles):
        return None
    if found.group("name"):
        return Source(found.start("name"), found.end("name"), None, "subject")
    high = all(role is not None and role.kind in HIGH_OFFICES for role in roles)
    two_persons = high and "former" not in tokens.word[sentence.first[two] : sentence.last[two]]
    return Source(one, found.end("two"), None, "joint" if two_persons else "subject")


def _find_beside(sentence: Sentence, cue: int, lexicon: Lexicon) -> Source | None:
    """Find the subject right before its verb."""
    codes, prefix = sentence.codes, sentence.codes[:cue]
    if "ka" in prefix and (found := _HELD_TO_HAVE.search(prefix)):
        return Source(found.start("src"), _extend(codes, found.start("src"), cue), None, "subject")
    found = _ADJACENT.search(prefix)
    if found is None or _is_compared(sentence, found.start("src")):
        return None
    at = found.start("src")
    if codes[at - 1 : at] in ("v", "e") and codes[at] in "Nn" and not _reports(sentence, at - 1):
        outer = _RELATIVE_PART.search(prefix, 0, at)  # "voters who praised the plan said"
        if outer is not None:
            return Source(outer.start("src"), outer.start("src") + 1, None, "restrictive")
    if codes[at - 3 : at] == "nyA" and "document" in lexicon.cue_nouns.get(_head(sentence, at - 3), ()):
        at -= 3  # an e-mail attached as Exhibit 9 reads
    return Source(at, _extend(codes, at, cue), None, "subject")


def _find_parted(sentence: Sentence, cue: int) -> Source | None:
    """Find a subject that quoted words, or a clause of its own, part from its verb."""
    codes, prefix = sentence.codes, sentence.codes[:cue]
    if "Q" in prefix and (found := _AFTER_RELATIVE.search(prefix) or _APART_TITLED.search(prefix)):
        return Source(found.start("src"), _extend(codes, found.start("src"), cue), None, "apposition")
    aside = _ASIDE.search(prefix) if "-c" in prefix or "-b" in prefix else None
    if (found := _RESTRICTIVE.search(prefix)) and (aside is None or found.start("src") < aside.start()):
        return Source(found.start("src"), _extend(codes, found.start("src"), cue), None, "restrictive")
    if (found := _REDUCED.search(prefix)) and _is_participle(sentence, found.start("participle")):
        return Source(found.start("src"), _extend(codes, found.start("src"), cue), None, "restrictive")
    if (found := _REDUCED_LONG.search(prefix)) and all(
        _is_participle(sentence, found.start(name)) for name in ("participle", "second") if found.group(name)
    ):
        return Source(found.start("src"), found.start("src") + 1, None, "restrictive")
    return None


def _find_far(sentence: Sentence, cue: int, known: dict[int, Source], lexicon: Lexicon) -> Source | None:
    """Find a subject that other verbs, or what stands between commas, part from its verb."""
    codes, prefix = sentence.codes, sentence.codes[:cue]
    if _COORDINATED.search(prefix):
        source = _find_controller(sentence, cue, known, lexicon, coordinated=True)
        return _share(source, "coordinated") if source is not None else None
    if (found := _ROLE_THEN_NAME.search(prefix)) and is_person(sentence, found.start("role"), lexicon):
        return Source(found.start("src"), found.start("src") + 1, None, "subject")
    if (found := _APART_REPORTED.search(prefix)) and _reports(sentence, found.start("src") - 1):
        return Source(found.start("src"), _extend(codes, found.start("src"), cue), None, "apposition")
    opening = _OPENING_PHRASE.match(prefix) or _DATELINE.match(prefix)
    if (found := _APART.search(prefix, opening.end() if opening else 0)) or (found := _APART_LATER.search(prefix)):
        at = found.start("src")
        if not can_speak(sentence, at, lexicon) and (later := _APART.search(prefix, at + 1)):
            at = later.start("src")  # "deemed ineligible, Ann Smith, the chair, said"
        return Source(at, _extend(codes, at, cue), None, "apposition")
    if found := _RESTRICTIVE_APART.search(prefix):
        return Source(found.start("src"), found.start("src") + 1, None, "restrictive")
    if _AFTER_COMMA.search(prefix):  # "Bank holds rates, says fight goes on"
        source = _find_controller(sentence, cue, known, lexicon, coordinated=True)
        return _share(source, "coordinated") if source is not None else None
    if found := _ADJACENT_ANY.search(prefix):
        return Source(found.start("src"), found.start("src") + 1, None, "subject")
    if found := _OF_TEN.search(prefix):
        return Source(found.start("src"), found.start("src") + 3, None, "subject")
    return None


def _may_hold(sentence: Sentence, chunk: int, cue: int, lexicon: Lexicon) -> bool:
    """Whether words may stand in a thing: a banner that said, letters that called."""
    if _lemma(sentence, cue) in ("say", "read"):
        return True
    return "document" in lexicon.cue_nouns.get(_head(sentence, chunk).removesuffix("s"), ())


_AFTER_COMMA = re.compile(rf",{_PRE}$")


def _share(source: Source, shape: str) -> Source:
    """Mark a subject as one that a verb shares with another."""
    return attrs.evolve(source, shape=shape, joint=source.joint or source.shape == "joint")


_APPOSED_BEFORE_WHO = re.compile(r"(?P<name>N),(?:r|i?m|[ifF]#?[Nn])*[ifF]$")


def _find_antecedent(sentence: Sentence, first: int, relative: int, lexicon: Lexicon) -> int:
    """Find which of the phrases before a relative can be meant: read law under Ann Smith, who called it."""
    fits = is_person if sentence.tokens.word[sentence.first[relative]] == "who" else can_speak
    if (
        fits is is_person
        and sentence.codes[relative - 1] == ","
        and (bearer := _find_bearer(sentence, first, lexicon)) >= 0
    ):
        return bearer
    if sentence.codes[first] != "n":
        return first
    apposed = _APPOSED_BEFORE_WHO.search(sentence.codes, 0, first)
    bare = sentence.tokens.tags[sentence.first[first]] == "n"
    if apposed is not None and bare and fits is is_person and sentence.codes[relative - 1] == ",":
        return apposed.start("name")  # Smith, then in opposition, who said
    if fits(sentence, first, lexicon):
        return first
    after = [at for at in range(first + 1, relative) if sentence.codes[at] in "nN"]
    return next((at for at in after if sentence.codes[at] == "N" or fits(sentence, at, lexicon)), first)


# a name, and what tells of it between commas: Smith, of Oslo; Smith, a nurse in Oslo
_OF_SOMEBODY = re.compile(rf"(?P<name>N){_PP},[ifF]$")
_SOMEBODY = re.compile(rf"(?P<name>N){_PP},$")


def _find_bearer(sentence: Sentence, first: int, lexicon: Lexicon) -> int:
    """Find whose name stands before a phrase that only tells of them: Ann Smith, of Oslo, who; Smith, a nurse, who."""
    codes = sentence.codes
    tokens = sentence.tokens
    found = _OF_SOMEBODY.search(codes, 0, first)
    if found is not None and tokens.tags[sentence.first[found.start("name")]] != "d":
        person = tokens.raw[sentence.first[first]] in lexicon.given_names
        return -1 if person else found.start("name")  # not: from a colleague, from Ann Smith, who
    role = lexicon.roles.get(_noun(sentence, first))
    single = tokens.tags[sentence.first[first]] in ("d", "z") and role is not None and not role.plural
    found = _SOMEBODY.search(codes, 0, first) if single else None
    return found.start("name") if found is not None and _noun(sentence, first) != _head(sentence, first - 2) else -1


_LEGIBLE = frozenset({"sign", "document"})


def _find_text(sentence: Sentence, place: int, lexicon: Lexicon) -> int:
    """Find what can be read where a name before a relative tells its place: a sign in Lund, which read."""
    at = place - 1
    while at > 0 and sentence.codes[at] in "ifFnN(),#":
        if sentence.codes[at] == "n" and lexicon.cue_nouns.get(_head(sentence, at), frozenset()) & _LEGIBLE:
            return at
        at -= 1
    return place


def _is_compared(sentence: Sentence, chunk: int) -> bool:
    """Whether "than" stands before a phrase: who took more than ten books said."""
    return chunk > 0 and sentence.tokens.word[sentence.first[chunk] - 1] == "than"


def _is_agent(sentence: Sentence, cue: int) -> bool:
    """Whether a participle without an auxiliary has its agent after it."""
    codes = sentence.codes
    if _NAMED_BY.match(codes, cue + 1) or (
        (found := _DESCRIBED_BY.match(codes, cue + 1)) and sentence.tokens.word[sentence.first[found.start()]] == "by"
    ):
        return True
    opens = not codes[:cue].strip("cbr,") and _OPENED_BY.match(codes, cue + 1) is not None
    return opens and sentence.tokens.word[sentence.first[cue + 1]] == "by"


def _head(sentence: Sentence, chunk: int) -> str:
    return sentence.tokens.word[sentence.last[chunk] - 1]


def _lemma(sentence: Sentence, chunk: int) -> str:
    form = sentence.tokens.verbs.get(sentence.first[chunk])
    return form.lemma if form is not None else ""


def _is_participle(sentence: Sentence, chunk: int) -> bool:
    form = sentence.tokens.verbs.get(sentence.first[chunk])
    return _head(sentence, chunk).endswith("ed") if form is None else "participle" in form.forms


def _is_joint(sentence: Sentence, one: int, two: int, lexicon: Lexicon) -> bool:
    """Whether two phrases are two sources, not two descriptions of one."""
    tokens = sentence.tokens
    if sentence.codes[one] == "p":
        return tokens.word[sentence.first[one]] in SUBJECTS and tokens.word[sentence.first[one]] != "i"
    head = tokens.word[sentence.last[one] - 1]
    role = lexicon.roles.get(head)
    if sentence.codes[one] == sentence.codes[two] == "N":
        matter = tokens.raw[sentence.first[two]].islower() and not is_person(sentence, two, lexicon)
        return not matter and not _is_double_office(sentence, one, two, lexicon)  # chief for news and talk Ann Smith
    if role is not None and not role.plural and sentence.codes[two] == "N" and tokens.tags[sentence.first[two]] != "d":
        return False  # academic and professor Ann Smith
    tail = lexicon.roles.get(tokens.word[sentence.last[two] - 1])
    return tokens.tags[sentence.first[two]] in "d#N" or (tail is not None and tail.plural)


def _is_double_office(sentence: Sentence, one: int, two: int, lexicon: Lexicon) -> bool:
    """Whether one name has two offices before it: said Acme President and General Manager Ann Smith."""
    tokens = sentence.tokens
    role, first = lexicon.roles.get(_head(sentence, one)), sentence.first[two]
    if role is None or role.plural or sentence.codes[one] != "N" or tokens.tags[sentence.first[one]] == "d":
        return False
    return sentence.codes[two] == "N" and (tokens.tags[first] == "t" or tokens.word[first] in lexicon.roles)


def _is_second(sentence: Sentence, found: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the second of two with appositions is a person too: his deputy, Jones."""
    two = found.start("two")
    if found.group("float") and sentence.tokens.word[sentence.first[found.start("float")]] not in _FLOATING:
        return False
    if sentence.codes[two] == "N":
        bare = sentence.tokens.tags[sentence.first[two]] != "d" or is_person(sentence, two, lexicon)
        return found.group("name") is None and bare
    role = lexicon.roles.get(_head(sentence, two))
    return found.group("name") is not None and role is not None and not role.plural


_MATTERS = words_of("matters of a ministry")
_PARTNERSHIPS = words_of("forms of partnerships")


def is_shared_office(sentence: Sentence, one: int, two: int, lexicon: Lexicon) -> bool:
    """Whether two names are one phrase: the presidents of Kenya and Uganda, Smith and Jones LLP."""
    tokens = sentence.tokens
    first, last = sentence.first[one], sentence.last[one]
    role = lexicon.roles.get(tokens.word[last - 1])
    alone = last - first == 1 and tokens.raw[first][0].isupper() and (role is None or not role.plural)
    if alone and tokens.word[sentence.last[two] - 1].rstrip(".") in _PARTNERSHIPS:
        return True
    if tokens.tags[last - 2 : last] == ["n", "N"] and sentence.last[two] - sentence.first[two] == 1:
        known = lexicon.organizations.get(tokens.word[last - 2].title(), ("",))[0]
        if known == "keyword" and tokens.word[last - 2] not in lexicon.roles:
            return True
    if _is_of_two(sentence, one, two, lexicon):
        return True
    if "f" not in tokens.tags[first:last] or tokens.tags[sentence.first[two]] == "d":
        return False
    head = tokens.word[tokens.tags.index("f", first) - 1]
    if lexicon.organizations.get(head.title(), ("",))[0] == "keyword":
        return tokens.word[sentence.last[two] - 1] in _MATTERS  # not: the Ministry of Trade and Ann Smith
    role = lexicon.roles.get(head)
    return role is not None and role.plural


def _is_of_two(sentence: Sentence, one: int, two: int, lexicon: Lexicon) -> bool:
    """Whether one person is of two bodies, or of one with two names: a spokesman for Marlow and Holm."""
    if re.fullmatch("n[iF]Nc", sentence.codes[one:two]) is None or sentence.codes[two] != "N":
        return False
    role, tokens = lexicon.roles.get(_head(sentence, one)), sentence.tokens
    if role is None or role.plural:
        return False
    places = [tokens.raw[sentence.last[at] - 1] in lexicon.places for at in (two - 2, two)]
    return places[0] == places[1]  # not: a minister from Norway and Ann Smith


def is_person(sentence: Sentence, chunk: int, lexicon: Lexicon) -> bool:
    """Whether a phrase without a name speaks of persons."""
    words = sentence.tokens.word[sentence.first[chunk] : sentence.last[chunk]]
    return any(word in lexicon.roles or word.rpartition("-")[2] in lexicon.roles for word in words)


def can_speak(sentence: Sentence, chunk: int, lexicon: Lexicon) -> bool:
    """Whether a phrase names persons, a body or a document, not a mere thing."""
    if sentence.codes[chunk] != "n" or is_person(sentence, chunk, lexicon):
        return True
    first, last = sentence.first[chunk], sentence.last[chunk]
    tags = sentence.tokens.tags
    if "f" in tags[first + 1 : last]:
        last = tags.index("f", first + 1)  # "the rejection of the treaty" is no treaty
    head = sentence.tokens.word[last - 1]
    known = lexicon.organizations.get(head.title(), ("",))[0]
    return known == "keyword" or "document" in lexicon.cue_nouns.get(head, ())


def _can_say(sentence: Sentence, chunk: int, lexicon: Lexicon) -> bool:
    """Whether a subject can speak, and is no mere word in its place: it was late, it is clear."""
    empty = sentence.codes[chunk : chunk + 2] == "pe" and sentence.tokens.word[sentence.first[chunk]] in _EXPLETIVES
    return not empty and can_speak(sentence, chunk, lexicon)


# what follows the subject of a reported clause
_GOES_ON_AS_CLAUSE = re.compile(r"[rx]*[aey]")


def _is_bare_name(sentence: Sentence, chunk: int) -> bool:
    """Whether a phrase is a name of two words or more, with a title at most: not an apposition to one."""
    tags = "".join(sentence.tokens.tags[sentence.first[chunk] : sentence.last[chunk]])
    return len(tags) > 1 and not tags.strip("Nt")


def find_inverted(sentence: Sentence, cue: int, lexicon: Lexicon) -> Source | None:
    """Find a subject after its cue: "said Mr Raisi"."""
    codes = sentence.codes
    voiced = _VOICED.match(codes, cue + 1)
    if (
        voiced is not None
        and sentence.tokens.word[sentence.first[voiced.start("from")]] == "from"
        and _head(sentence, voiced.start("noun")) in lexicon.cue_nouns.keys() | CALLS
    ):
        return Source(voiced.start("src"), _extend(codes, voiced.start("src")), None, "inverted")
    found = _INVERTED.match(codes, cue + 1)
    if found is None:
        return None
    at = found.start("src")
    if codes[at + 1 : at + 3] == "vN" and _is_naming(sentence, at + 1):
        return Source(at + 2, at + 3, None, "inverted")  # said somebody named Ann Smith
    if codes[at] == "p" and sentence.tokens.word[sentence.first[at]] not in SUBJECTS | _SINGLED_OUT | _ANYBODY:
        return None  # "said it all"
    if found.group("that"):  # returned that gentleman
        return Source(at - 1, at + 1, None, "inverted") if is_person(sentence, at, lexicon) else None
    if codes[at] == "p" and codes[cue - 1 : cue] == "Q" and _GOES_ON_AS_CLAUSE.match(codes, at + 1):
        return None  # 3 percent of “liberals” said they would vote
    bare = codes[at] == "n" and sentence.tokens.tags[sentence.first[at]] not in "d#z"
    if bare and not is_person(sentence, at, lexicon):
        return None  # "says inflation fight"
    last = _extend(codes, at)
    while last > at + 1 and _tells_how(sentence, last - 2, lexicon):
        last -= 2
    verb = re.match(r"(?:r|i?m)*(?P<verb>[yea])", codes[last:])
    if verb and codes[at] != "p":
        tail = codes[cue - 1 : cue] == "Q" and verb.group("verb") == "y"
        if not tail or not _is_participle(sentence, last + verb.start("verb")):
            return None  # "said the sales surprised her", but “...,” said a man involved in it
    if codes[last : last + 2] in ("cN", "cn") and not re.match(r"[arxe]*[vy]", codes[last + 2 :]):
        one = is_shared_office(sentence, at, last + 1, lexicon) or _is_double_office(sentence, at, last + 1, lexicon)
        shape = "inverted" if one else "joint"
        return Source(at, _extend(codes, last + 1), None, shape)
    other = _AND_ANOTHER.match(codes, last) if codes[at] == "N" else None
    if other is None and codes[at] == "N" and (others := _AND_OTHERS.match(codes, last)) is not None:
        listed = (chunk for chunk in range(at, others.end()) if codes[chunk] == "N")
        other = others if all(_is_bare_name(sentence, chunk) for chunk in listed) else None
    if other is not None:
        return Source(at, other.end(), None, "joint")  # said Ann Smith, the mayor, and Bob Jones, a joiner
    if (
        sentence.tokens.word[sentence.last[at] - 1] == "close"
        and codes[last : last + 1] == "k"
        and codes[last + 1 : last + 2] in ("N", "n")
    ):
        last += 2  # a source close to the minister
    return prefer_name(sentence, Source(at, last, None, "inverted"), lexicon)


def _tells_how(sentence: Sentence, preposition: int, lexicon: Lexicon) -> bool:
    """Whether a phrase after a subject tells how, or when, one speaks: said the man in a whisper, after a pause."""
    word, noun = sentence.tokens.word[sentence.first[preposition]], preposition + 1
    if word in _WHEN:
        return True
    if word not in _HOW or sentence.codes[noun] != "n":
        return False
    first, last = sentence.first[noun], sentence.last[noun]
    words = sentence.tokens.word[first:last]
    if words[0] == "the":
        return False  # the man in the green coat
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    return head in _MANNERS | _OCCASIONS or head.endswith("ness") or "document" in lexicon.cue_nouns.get(head, ())


def find_subject(codes: str, end: int, *, nearest: bool = False, start: int = 0) -> Source | None:
    """Find the subject of the clause that the chunks before `end` belong to.

    `nearest` takes the last clause, subordinate or not; else the last main clause is preferred.
    """
    best = None
    dateline = _DATELINE.match(codes, 0, end)
    for found in _CLAUSE_SUBJECT.finditer(codes, max(start, dateline.end() if dateline else 0), end):
        at = found.start("src") if found.group("src") else found.start("src2")
        opener = codes[found.start() - 1] if found.start() else "^"
        if best is None or nearest or opener not in "sSTAcb":
            best = at
    if best is None:
        return None
    return Source(best, _extend(codes, best, end), None, "clause-subject")


def _find_controller(
    sentence: Sentence, cue: int, known: dict[int, Source], lexicon: Lexicon, *, coordinated: bool = False
) -> Source | None:
    """Find the subject that a participle, an infinitive or a coordinated verb shares."""
    codes = sentence.codes
    prefix = codes[:cue]
    if not coordinated and (source := _find_own_subject(sentence, cue, known, lexicon)) is not None:
        return source
    if (
        not coordinated
        and (found := _IN_RELATIVE.search(prefix))
        and sentence.tokens.word[sentence.first[found.start("src")]] != "what"
    ):
        ante = _find_antecedent(sentence, found.start("ante"), found.start("src"), lexicon)
        if sentence.codes[ante] == "N" and _lemma(sentence, cue) == "read":
            ante = _find_text(sentence, ante, lexicon)
        return Source(found.start("src"), found.start("src") + 1, ante, "relative")
    if coordinated and (found := _AFTER_QUOTED_VERB.search(prefix)) is not None:
        at = found.start("src")
        return Source(at, _extend(codes, at, cue), None, "coordinated")
    if coordinated and (source := _find_parallel(sentence, cue, known)) is not None:
        return source
    if codes[cue] == "B" and (found := _SERIAL.search(prefix)):  # "but went on to say"
        source = _find_parallel(sentence, found.start("verb"), known, infinitive=cue)
        if source is not None:
            return source
    chained = codes[cue] == "g" and _CHAINED.search(prefix) is not None
    beside = coordinated and (_SET_OFF_VERB.search(prefix) is None or _LISTED.search(prefix) is not None)
    if beside or chained or codes[cue] == "B":
        aside = _ASIDE.search(prefix) if beside else None
        source = find_subject(codes, aside.start() if aside else cue, nearest=True)
        if source is not None and chained and not can_speak(sentence, source.first, lexicon):
            source = None
        if source is not None and coordinated and _is_passed(sentence, source.first, cue, lexicon):
            source = find_subject(codes, cue)
        if source is not None:
            return _share(source, "shared")
    if codes[cue] == "B" and (found := re.search(r"(?:^|[:;.])(?P<src>[Nn])k$", prefix)):
        return Source(found.start("src"), found.start("src") + 1, None, "headline")  # "Obama to frame"
    if codes[cue] == "g" and (source := _find_near(sentence, cue, lexicon)) is not None:
        return source
    if codes[cue] == "g" and _PROGRESSIVE.search(prefix):
        return find_subject(codes, cue, nearest=True)
    source = _find_main(sentence, cue, known, lexicon)
    if source is not None:
        return _share(source, "shared")
    if codes[cue] == "g" and (found := _BEFORE_PARTICIPLE.search(prefix)):
        return Source(found.start("src"), found.start("src") + 1, None, "shared")
    if found := _AFTER_PARTICIPLE.search(codes, cue + 1):
        at = found.start("src")
        return Source(at, _extend(codes, at), None, "shared")
    return None


def _is_passed(sentence: Sentence, subject: int, verb: int, lexicon: Lexicon) -> bool:
    """Whether the clause of a subject has ended before a verb: asked if it rained; and said."""
    codes = sentence.codes
    if ";" in codes[subject:verb] or _BRACKETED.search(codes[subject:verb]):
        return True
    form = sentence.tokens.verbs.get(sentence.first[verb])
    if form is not None and form.forms in (_THIRD, _BASE) and sentence.codes[verb - 1] == "c":
        plural = _is_plural(sentence, subject, lexicon)
        if plural is not None and plural == (form.forms == _THIRD):
            return True  # "some fear that Smith has lost and warn": Smith warns
    opener = sentence.tokens.word[sentence.first[subject - 1]] if subject else ""
    if opener in _TIMES and codes[subject] == "p" and _reports(sentence, verb):
        return True  # praised the side after it won and said that
    return opener in ("if", "whether") and re.search(r"b(?:[arxe]|i?m|i[Nn],?)*$", codes[:verb]) is not None


def _find_near(sentence: Sentence, cue: int, lexicon: Lexicon) -> Source | None:
    """Find the subject of the clause right before a participle, where that is not the first one of the sentence."""
    codes = sentence.codes
    if _BEFORE_TRAILING.search(codes, 0, cue) is None:
        return None
    for found in reversed([*_LATER_CLAUSE.finditer(codes, 0, cue)]):
        at = found.start("src")
        if codes[found.start()] in "sSA" and sentence.tokens.word[sentence.first[found.start()]] not in _AT_ONCE:
            continue
        if _GOES_ON.search(codes, found.end(), cue) or not can_speak(sentence, at, lexicon):
            return None
        return Source(at, _extend(codes, at, cue), None, "shared")
    return None


def _find_own_subject(sentence: Sentence, cue: int, known: dict[int, Source], lexicon: Lexicon) -> Source | None:
    """Find the subject of a participle or an infinitive that does not share one."""
    codes, tokens = sentence.codes, sentence.tokens
    prefix = codes[:cue]
    if codes[cue] == "g":
        found = _ABSOLUTE.search(prefix)
        if found and tokens.word[sentence.first[found.start("with")]] == "with":
            return Source(found.start("src"), found.end("src"), None, "absolute")
        if found := _ACCORDING_TO.search(prefix):
            return Source(found.start("src"), found.start("src") + 1, None, "absolute")
        if (shown := _find_shown(sentence, cue, lexicon)) is not None:
            return shown
        if found := _OWN_SUBJECT.search(prefix):
            return Source(found.start("src"), found.start("src") + 1, None, "absolute")
        if (found := _QUOTED_OBJECT.search(prefix)) and _lemma(sentence, found.start()) in ("quote", "cite"):
            return Source(found.start("src"), found.end("src"), None, "object-control")
        last = known.get(max(known)) if known and prefix.rstrip("r")[-1:] == "c" else None
        if last is not None and last.shape in ("absolute", "object-control") and codes[max(known)] == "g":
            return last  # "heard Smith calling it late and asking for more"
        if (found := _SEEN.search(prefix)) and _lemma(sentence, found.start("verb")) in _PERCEPTION:
            at = found.start("src")
            own = tokens.word[sentence.first[at]] in _OWNERS and not can_speak(sentence, at, lexicon)
            if not own:  # against "heard her voice saying"
                return Source(at, at + 1, None, "object-control")
        if (found := _LEFT_SAYING.search(prefix)) and _are_persons(sentence, cue - 1, lexicon):
            verb = tokens.verbs.get(sentence.first[found.start()])
            if verb is None or verb.cue is None or "addressee" not in verb.cue.frames:
                return Source(found.start("src"), cue, None, "object-control")
        found = _DOCUMENT_FROM.search(prefix)
        whose = found is not None and tokens.word[sentence.first[found.start("from")]] in ("from", "by")
        if found and whose and "document" in lexicon.cue_nouns.get(_head(sentence, found.start("src")), ()):
            return Source(found.start("src"), found.start("src") + 3, None, "document")
        if prefix[-2:] in ("in", "fn") and _are_persons(sentence, cue - 1, lexicon):
            return Source(cue - 1, cue, None, "object-control")  # a movement of parents telling leaders
        if prefix[-1:] in ("n", "N"):
            frames = lexicon.cue_nouns.get(_head(sentence, cue - 1), frozenset())
            if frames & {"document", "sign"} and ("colon" not in frames or _lemma(sentence, cue) == "read"):
                return Source(cue - 1, cue, None, "document")
        if (found := _HEAD_OF_PARTICIPLE.search(prefix)) and can_speak(sentence, found.start("src"), lexicon):
            return Source(found.start("src"), _extend(codes, found.start("src"), cue), None, "restrictive")
    elif (found := _ABSOLUTE_TO.search(prefix)) and tokens.word[sentence.first[found.start("with")]] == "with":
        return Source(found.start("src"), found.end("src"), None, "absolute")
    elif (found := _OBJECT_CONTROL.search(prefix)) and _lemma(sentence, found.start("verb")) in _CAUSATIVE:
        at = found.start("src")
        if codes[at] in "No" or tokens.word[sentence.last[at] - 1] in lexicon.roles:
            return Source(at, at + 1, None, "object-control")
    elif (found := _FOR_TO.search(prefix)) and tokens.word[sentence.first[found.start("for")]] == "for":
        at = found.start("src")
        return Source(at, at + 1, None, "object-control")
    return None


def _find_shown(sentence: Sentence, cue: int, lexicon: Lexicon) -> Source | None:
    """Find who is seen or heard to speak in a document: a video of Smith saying; not: the mayor of Oslo saying."""
    tokens = sentence.tokens
    found = _SHOWN.search(sentence.codes, 0, cue)
    at = found.start("src") if found is not None else cue - 1
    first, last = sentence.first[at], sentence.last[at]
    if found is not None:
        of = first - 1
    elif "f" in tokens.tags[first + 1 : last] and (
        "N" in tokens.tags[first:last] or tokens.word[last - 1] in lexicon.roles
    ):
        of = tokens.tags.index("f", first + 1)
    else:
        return None
    head = tokens.word[of - 1]
    if head in lexicon.roles or not lexicon.cue_nouns.get(head, frozenset()) & {"document", "colon"}:
        return None
    return Source(at, at + 1, None, "subject" if found is not None else "shown")


_THIRD, _BASE = frozenset({"third"}), frozenset({"base"})
_SINGULAR = words_of("pronouns of one third person")


def _is_plural(sentence: Sentence, chunk: int, lexicon: Lexicon) -> bool | None:
    """Whether a subject is plural; None where its words do not tell."""
    tokens, code = sentence.tokens, sentence.codes[chunk]
    first, last = sentence.first[chunk], sentence.last[chunk]
    if code == "p":
        return tokens.word[first] not in _SINGULAR if tokens.tags[first] == "p" else None
    if sentence.codes[chunk - 1 : chunk] == "c":
        return None  # the second of two
    if "f" in tokens.tags[first + 1 : last]:
        return None  # a group of voters
    role = lexicon.roles.get(tokens.word[last - 1])
    if role is not None:
        return role.plural
    return False if code == "N" and tokens.tags[last - 1] == "N" and tokens.word[last - 1] not in _COLLECTIVE else None


_COLLECTIVE = words_of("bodies without a name")


def _are_persons(sentence: Sentence, chunk: int, lexicon: Lexicon) -> bool:
    """Whether a phrase ends in a plural noun for persons."""
    role = lexicon.roles.get(sentence.tokens.word[sentence.last[chunk] - 1])
    return role is not None and role.plural


_NAMED_AND = re.compile(r"v[NnodA]*Q,?c[arx]*")


def _find_parallel(
    sentence: Sentence, cue: int, known: dict[int, Source], *, infinitive: int | None = None
) -> Source | None:
    """Find the subject of the report that a second one is coordinated with: "said that it rained and added"."""
    codes = sentence.codes
    if not _reports(sentence, cue if infinitive is None else infinitive):
        return None
    last = max((at for at in known if at < cue), default=-1)
    if last >= 0 and _NAMED_AND.fullmatch(codes, last, cue):
        return _share(known[last], "shared")  # which he called a “mess” and promised to
    nearest = find_subject(codes, cue, nearest=True)
    if nearest is not None and codes[nearest.first - 1 : nearest.first] in ("", ",", ";", ":", "-", "Q", "c", "b", "."):
        return None
    for at, source in sorted(known.items(), reverse=True):
        if at < cue and codes[at] == "v" and _reports(sentence, at):
            if _BRACKETED.search(codes[at:cue]):
                continue
            if ";" in codes[at:cue] or (nearest is not None and nearest.first < at):
                return None
            return _share(source, "shared")
    return None


def _reports(sentence: Sentence, chunk: int) -> bool:
    """Whether a verb of speech takes a clause."""
    form = sentence.tokens.verbs.get(sentence.first[chunk])
    row = form.cue if form is not None else None
    return row is not None and row.kind == "speech" and bool(row.frames & {"clause", "addressee"})


def _find_main(sentence: Sentence, cue: int, known: dict[int, Source], lexicon: Lexicon) -> Source | None:
    """Find the subject of the main clause, of those that can speak if there are several."""
    codes = sentence.codes
    mains: list[Source] = []
    doubtful: list[Source] = []
    for at, source in sorted(known.items()):
        begin = min(source.first, at) if source.shape == "inverted" else source.first
        opener = codes[begin - 1] if begin else "^"
        if codes[at] != "v" or opener in "sSwTA" or ";" in codes[at:cue]:
            continue
        if codes[cue] == "g" and (
            (opener == "Q" and "-" not in codes[at:cue])
            or (opener == "," and _TAIL_END.match(codes[max(at + 1, source.last) : cue]))
        ):
            return source  # “We won,” she said, adding
        sure = opener in "^,;:.-Q()cbrm" and codes[source.first] != "w"
        sure = sure or (opener == "y" and codes[source.first] == "p")  # "when he returned he said"
        if sure or codes[source.first] != "n" or opener not in "ifFk":
            (mains if sure else doubtful).append(source)
    subject = find_subject(codes, cue, start=codes.rfind(";", 0, cue) + 1) or find_subject(codes, cue)
    mains += [subject] if subject is not None and not mains else []
    mains += doubtful
    if codes[cue] == "g" and mains and not _can_say(sentence, mains[0].first, lexicon):
        nearest = find_subject(codes, cue, nearest=True)
        mains += [nearest] if nearest is not None and codes[nearest.first] != "p" else []
        return next((one for one in mains if _can_say(sentence, one.first, lexicon)), mains[0])
    return mains[0] if mains else None


def _extend(codes: str, at: int, limit: int | None = None) -> int:
    """Extend a nominal by its prepositional phrases: "a spokesman for the ministry"."""
    last = at + 1
    if codes[at] != "n":
        return last
    stop = len(codes) if limit is None else limit
    while last + 1 < stop and codes[last] == "F" and codes[last + 1] in "Nn":
        last += 2
    while last + 1 < stop and codes[last] in "ifF" and codes[last + 1] in "Nn":
        last += 2
    return last
