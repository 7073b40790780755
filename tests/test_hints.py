"""Words of a search that mean a filter, filler words, and arguments with spaces, by the real command."""

import json
import re
from datetime import date

import pytest

from mltalks.messages import Message
from tests.conftest import Run

JAPANESE = {"LC_ALL": "ja_JP.UTF-8"}


def ids(mltalks: Run, *arguments: str) -> list[str]:
    return mltalks("search", *arguments, "-n", "0", "-o", "ids").out.split()


def listed(mltalks: Run, query: str) -> set[str]:
    return set(mltalks("list", *query.split(), "-o", "ids").out.split())


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("keynotes", "kind:keynote"),
        ("panel discussion", "kind:panel"),
        ("基調講演", "kind:keynote"),
        ("パネル", "kind:panel"),
        ("talks from 2018", "year:2018"),
        ("papers since 2025", "year:2025.."),
        ("before 2020", "year:..2019"),
        ("between 2021 and 2022", "year:2021..2022"),
        ("2019-2020", "year:2019..2020"),
        ("2019 2021", "year:2019,2021"),
        ("2021年以降の発表", "year:2021.."),
        ("2019年から2020年までの論文", "kind:paper year:2019..2020"),
        ("any talks by linkedin", "company:linkedin"),
        ("from Intel and IBM", "company:intel,ibm"),
        ("at carnegie mellon", "company:carnegie-mellon"),
        ("LinkedInの発表", "company:linkedin"),
        ("グーグルによる講演", "company:グーグル"),
        ("at mlsys 2021", "event:mlsys21"),
        ("case studies by linkedin", "company:linkedin"),
        ("2024年以降のIntelの活用事例", "year:2024.. company:intel"),
        ("Intelでの2024年の導入事例", "company:intel year:2024"),
        ("use cases from Intel since 2024", "company:intel year:2024.."),
        ("2019 opml slides", "year:2019 series:opml has:slides"),
        ("opml 2020 slides", "series:opml year:2020 has:slides"),
        ("keynotes of 2020 please", "kind:keynote year:2020"),
    ],
)
def test_words_that_surely_mean_a_filter_are_one(mltalks: Run, typed: str, filters: str) -> None:
    result = mltalks("search", *typed.split(), "-n", "0", "-o", "ids")
    assert set(result.out.split()) == listed(mltalks, filters) != set()
    for one in filters.split():
        field = one.partition(":")[0]
        assert f"is read as {field}:" in result.err


def test_open_years_are_read_as_they_are_typed(mltalks: Run) -> None:
    for typed, years in {
        "..2020": "..2020",
        "~2020": "..2020",
        "2020..": "2020..",
        "2020~": "2020..",
    }.items():
        result = mltalks("search", "serving", typed, "-o", "ids")
        assert f'"{typed}" is read as year:{years}' in result.err
        assert result.out == mltalks("search", "serving", f"year:{years}", "-o", "ids").out != ""


def test_a_filter_narrows_what_the_other_words_find(mltalks: Run) -> None:
    result = mltalks("search", "compilers", "from", "2019", "by", "google", "--json")
    hits = json.loads(result.out)
    assert hits
    assert all(hit["year"] == 2019 and "Google" in str(hit["companies"]) for hit in hits)
    assert {match["query"] for hit in hits for match in hit["matched"]} == {"compilers"}
    assert '"from 2019" is read as year:2019' in result.err
    assert '"by google" is read as company:google' in result.err


@pytest.mark.parametrize(
    ("typed", "words", "filter_typed"),
    [
        ("training google", "google", "company:google"),
        ("tpu slides", "slides", "has:slides"),
        ("quantization video", "video", "has:video"),
        ("量子化 スライド", "スライド", "has:slides"),
        ("panel data", "panel", "kind:panel"),
        ("opml", "opml", "series:opml"),
    ],
)
def test_words_that_may_mean_a_filter_are_searched_with_a_hint(
    mltalks: Run, typed: str, words: str, filter_typed: str
) -> None:
    err = mltalks("search", *typed.split()).err
    assert f'"{words}" is searched as text; the filter is written {filter_typed}' in err
    assert "is read as" not in err


@pytest.mark.parametrize(
    "typed", ["rice", "video analytics", "2010", "feature stores", "learning from scratch"]
)
def test_ordinary_words_have_no_hint(mltalks: Run, typed: str) -> None:
    err = mltalks("search", *typed.split()).err
    assert "is read as" not in err
    assert "the filter is written" not in err


def test_a_filter_that_would_leave_nothing_is_only_named(mltalks: Run) -> None:
    result = mltalks("search", "katib", "from", "2024", "-o", "ids")
    assert result.out.split()[0] == "opml19-katib"
    assert 'no talk with year:2024 has the other words; searched as text: "from 2024"' in result.err


def test_a_kind_that_hides_the_talks_with_all_words_is_only_named(mltalks: Run) -> None:
    result = mltalks("search", "keynote", "on", "speculative", "decoding", "-n", "0", "-o", "ids")
    assert "mlsys26-specdiff-2" in result.out.split()
    assert "the filter is written kind:keynote" in result.err


@pytest.mark.parametrize(
    "typed", ['"keynote 2024"', "title:2024", "NOT 2024", "2024 OR 2025", "keynote kind:paper"]
)
def test_a_phrase_a_field_and_an_operator_stay_as_typed(mltalks: Run, typed: str) -> None:
    assert "is read as" not in mltalks("search", typed).err


def test_exact_and_list_take_words_as_typed_and_name_the_filter(mltalks: Run) -> None:
    hint = '"keynote" is searched as text; the filter is written kind:keynote'
    for arguments in (["search", "keynote", "--exact"], ["list", "keynote"]):
        result = mltalks(*arguments, "-o", "ids")
        assert hint in result.err
        assert result.out.split() == ["opml19-ray-keynote"]


def test_the_library_has_the_same_notices(mltalks: Run) -> None:
    import mltalks as package

    notices = package.open().search("2024 google").notices
    assert Message('"{words}" is read as {filter}', {"words": "2024", "filter": "year:2024"}) in notices


def test_hints_are_in_japanese(mltalks: Run) -> None:
    err = mltalks("search", "2024年のGoogle", env=JAPANESE).err
    assert "「2024年」を条件 year:2024 として扱います" in err
    assert "条件にするには company:google と書いてください" in err


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("can you find me talks about data validation please", "data validation"),
        ("hi, I am looking for papers on hyperparameter search, thanks", "hyperparameter search"),
        ("show me anything about federated learning", "federated learning"),
        ("連合学習についての発表を教えてください", "連合学習"),
        ("すみません 量子化 の論文を探しています", "量子化"),
        ("推論を高速化したい", "推論 高速化"),
    ],
)
def test_filler_is_no_content(mltalks: Run, typed: str, plain: str) -> None:
    result = mltalks("search", *typed.split(), "--json")
    assert [hit["id"] for hit in json.loads(result.out)] == ids(mltalks, *plain.split())[:100]
    assert "no talk says" not in result.err


def test_filler_alone_is_searched(mltalks: Run) -> None:
    assert ids(mltalks, "papers")
    assert set(ids(mltalks, "papers", "about", "company:netflix")) == listed(mltalks, "company:netflix")


def test_words_joined_by_and_find_both_and_then_either(mltalks: Run) -> None:
    found = ids(mltalks, "pruning", "and", "distillation")
    assert set(found) & listed(mltalks, "pruning NOT distillation")
    assert set(found) & listed(mltalks, "distillation NOT pruning")


def test_an_argument_with_spaces_is_a_phrase_first_and_words_next(mltalks: Run) -> None:
    phrase, apart = ids(mltalks, "learning rate"), ids(mltalks, "learning", "rate")
    assert set(phrase) == set(apart)
    side_by_side = set(
        mltalks("list", 'title:"learning rate" OR summary:"learning rate"', "-o", "ids").out.split()
    )
    assert side_by_side
    assert side_by_side <= set(phrase[: len(side_by_side) + 3])


def test_an_unknown_option_or_command_says_where_the_word_goes(mltalks: Run) -> None:
    assert (
        "write the filter in the query: company:google" in mltalks("search", "x", "--company", "google").err
    )
    assert "write the filter in the query: year:2024" in mltalks("list", "--year=2024").err
    assert "to search, write 'mltalks search quantization'" in mltalks("quantization").err
    assert "to search, write 'mltalks search feature store'" in mltalks("feature store").err
    assert "to search, write 'mltalks search 'kafka && spark''" in mltalks("kafka && spark").err


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("/quant/", '"/quant/" is searched as "quant"; only a * at the end of a word means any letters'),
        ("serv?ng", "only a * at the end of a word means any letters"),
        ("kafka && spark", '"&&" is read as AND'),
    ],
)
def test_signs_of_other_query_languages_have_a_notice(mltalks: Run, typed: str, notice: str) -> None:
    assert notice in mltalks("search", *typed.split()).err


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("has:noslides", "to leave these out, write NOT has:slides"),
        ("mark:un-watched", "to leave these out, write NOT mark:watched"),
        ("kind:not-keynotes", "to leave these out, write NOT kind:keynote"),
        ("has:動画なし", "to leave these out, write NOT has:video"),
    ],
)
def test_a_denied_value_is_never_read_as_the_value(mltalks: Run, query: str, message: str) -> None:
    result = mltalks("list", query, "--count")
    assert (result.code, result.out) == (2, "")
    assert message in result.err


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("pages>10", '"pages>10" is searched as "pages 10"; only years can be compared'),
        ("pages≥10", '"pages≥10" is searched as "pages 10"; only years can be compared'),
        ("分数>30", '"分数>30" is searched as "分数 30"; only years can be compared'),
        ("length>1h30", '"length>1h30" is searched as'),
        (
            "地域：欧州",
            '"地域：欧州" is searched as text, since no field is called "地域"; the fields are company',
        ),
        ("形式：ポスター", 'no field is called "形式"'),
        (
            "speaker~smith",
            '"speaker~smith" is searched as "speaker smith"; only a * at the end of a word means any letters',
        ),
        ("ray|spark", '"|" is read as OR'),
        ("title,speakers,year", "--fields chooses fields"),
        ("title:kubernetes,jax", 'no title says "jax"; other fields do'),
    ],
)
def test_what_another_program_would_read_in_another_way_is_reported(
    mltalks: Run, query: str, message: str
) -> None:
    assert message in mltalks("list", query).err


@pytest.mark.parametrize("command", ["list", "search"])
def test_a_term_of_a_theme_that_no_talk_says_is_reported(mltalks: Run, command: str) -> None:
    assert "it is a term of the theme" not in mltalks(command, "kubernetes").err
    message = 'no talk says "airflow"; it is a term of the theme workflow-orchestration'
    assert message in mltalks(command, "airflow").err


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("2021年より前の推論", "..2020"),
        ("2021年より古い推論", "..2020"),
        ("2021年未満の推論", "..2020"),
        ("2021年より後の推論", "2022.."),
        ("2022年よりも新しい推論", "2023.."),
        ("2022年以来の推論", "2022.."),
        ("2022年から推論", "2022.."),
        ("2020年代の推論", "2020..2029"),
        ("2020年代前半の推論", "2020..2024"),
        ("2018・2021年の推論", "2018,2021"),
        ("2018年や2021年の推論", "2018,2021"),
        ("二〇二一年の推論", "2021"),
        ("令和三年の推論", "2021"),
        ("pre-2021 inference", "..2020"),
        ("inference older than 2021", "..2020"),
        ("inference newer than 2022", "2023.."),
        ("inference of the 2020s", "2020..2029"),
        ("inference 2022 or later", "2022.."),
    ],
)
def test_years_are_compared_in_words(mltalks: Run, typed: str, years: str) -> None:
    result = mltalks("search", *typed.split(), "-n", "0", "-o", "ids")
    assert f"is read as year:{years}\n" in result.err
    subject = "推論" if "推論" in typed else "inference"
    assert set(result.out.split()) <= listed(mltalks, f"year:{years}")
    assert result.out.split()[0] in ids(mltalks, subject, f"year:{years}")


def test_years_that_are_counted_from_this_one_are_read(mltalks: Run) -> None:
    this_year = date.today().year  # noqa: DTZ011
    for typed, years in {
        "4年前の推論": f"{this_year - 4}",
        "五年前の推論": f"{this_year - 5}",
        "2〜3年前の推論": f"{this_year - 3}..{this_year - 2}",
        "５、６年前の推論": f"{this_year - 6}..{this_year - 5}",
        "ここ5年の推論": f"{this_year - 5}..",
        "過去1年の推論": f"{this_year - 1}..",
        "直近5年間の推論": f"{this_year - 5}..",
        "inference 4 years ago": f"{this_year - 4}",
        "inference in the last five years": f"{this_year - 5}..",
    }.items():
        assert f"is read as year:{years}\n" in mltalks("search", typed, "-n", "0", "-o", "ids").err


def test_talks_of_other_years_are_no_answer(mltalks: Run) -> None:
    for typed, filters in {"2037年の推論": "year:2037", "2024年のパネル": "year:2024 kind:panel"}.items():
        result = mltalks("search", typed)
        assert result.out == ""
        assert f"no talk has {filters}" in result.err


@pytest.mark.parametrize(
    "typed",
    [
        "cluster of 2000 nodes", "after 2000 steps", "up to 2000 gpus", "before 2010 deployments", "in 2030 forecasts",
        "more than 2000 gpus", "from 1000 to 2000 gpus", "training on 1024 to 2000 gpus", "2000までスケール", "2000から3000ノード",
        "1000から2000ノード",
    ],
)  # fmt: skip
def test_a_number_of_something_is_no_year(mltalks: Run, typed: str) -> None:
    result = mltalks("search", typed)
    assert result.out != ""
    assert "is read as year:" not in result.err
    assert "the filter is written year:" not in result.err


def test_a_year_of_the_data_is_a_year_before_a_subject_too(mltalks: Run) -> None:
    for typed, years in {
        "before 2020 deployments": "..2019",
        "from 2015 to 2020 inference": "2015..2020",
    }.items():
        assert f"is read as year:{years}\n" in mltalks("search", typed).err
    for typed in (
        "quantization in 2030",
        "in 2030 about quantization",
        "since 2030 please",
        "2000年までの推論",
    ):
        result = mltalks("search", typed)
        assert result.out == ""
        assert "no talk has year:" in result.err


@pytest.mark.parametrize(
    ("typed", "companies"),
    [
        ("グーグルの推論の論文", "グーグル"),
        ("マイクロソフトの2023年以降の講演", "マイクロソフト"),
        ("Intelの学習に関する論文を探しています", "intel"),
        ("メタの取り組み", "メタ"),
        ("MicrosoftとIntelの発表", "microsoft,intel"),
        ("Microsoft・Intelの論文", "microsoft,intel"),
        ("マイクロソフト、メタの学習の事例", "マイクロソフト,メタ"),
        ("マイクロソフト・リサーチの発表", "マイクロソフト-リサーチ"),
    ],
)
def test_a_company_whose_talks_are_asked_for_is_a_filter(mltalks: Run, typed: str, companies: str) -> None:
    result = mltalks("search", typed, "-n", "0", "-o", "ids")
    assert f"is read as company:{companies}\n" in result.err
    assert set(result.out.split()) <= listed(mltalks, f"company:{companies}")


OF_A_LANGUAGE = {"日本語の講演": "ja", "英語での発表": "en", "talks in English": "en"}
OF_NO_LANGUAGE = ("日本語の要約", "japanese tokenizer", "English speech")


def test_where_no_language_of_talks_is_known_only_the_filter_of_texts_is_named(mltalks: Run) -> None:
    for typed, language in OF_A_LANGUAGE.items():
        noticed = mltalks("search", typed).err
        assert f"texts in it are found with lang:{language}\n" in noticed, typed
        assert "language:" not in noticed, typed
    for typed in OF_NO_LANGUAGE:
        assert "texts in it" not in mltalks("search", typed).err, typed
    assert "write 使用言語:" not in mltalks("list", "言語:英語", "--count").err


@pytest.mark.excerpt
def test_the_language_of_talks_is_named_as_a_filter_where_it_is_asked_for(mltalks: Run) -> None:
    for language in ("en", "ja"):
        assert mltalks("add", f"Ferns {language}", "--event", "opml19", "--language", language).code == 0
    for typed, language in OF_A_LANGUAGE.items():
        err = mltalks("search", typed).err
        assert re.search(f"(?:the filter is written|is read as) language:{language}\n", err), typed
    for typed in OF_NO_LANGUAGE:
        assert "the filter is written language" not in mltalks("search", typed).err, typed
    note = '"言語:" finds texts in a language, in whichever the talks are given; for these, write 使用言語:'
    assert note in mltalks("list", "言語:英語", "--count").err
    assert "finds texts" not in mltalks("list", "使用言語:英語 lang:en").err


def test_words_that_talks_of_the_filters_lack_are_blamed_instead_of_the_filters(mltalks: Run) -> None:
    assert listed(mltalks, "company:linkedin year:2019")
    said = "no talk with company:linkedin year:2019 has the other words; searched as text"
    assert said in mltalks("search", "LinkedInの2019年の動物園の発表").err
    assert "nothing is found with" in mltalks("search", "LinkedInの2021年の推論の発表").err


@pytest.mark.parametrize(
    "typed", ["推論とMicrosoftの発表", "MicrosoftとHogehogeの発表", "MicrosoftのGPU", "メタ学習の発表"]
)
def test_a_company_that_may_be_a_subject_is_no_filter(mltalks: Run, typed: str) -> None:
    err = mltalks("search", typed).err
    assert "is read as company" not in err
    assert ("the filter is written company:microsoft" in err) == ("Microsoft" in typed)


def test_a_part_of_many_names_says_of_how_many(mltalks: Run) -> None:
    result = mltalks("list", "company:university", "--count")
    assert re.search(r'company "university" stands for \d{2,} names: ', result.err)
    assert "there is no filter for kinds of organizations; 'mltalks survey' counts" in result.err
    institute = mltalks("list", "company:institute", "--count").err
    assert re.search(r'company "institute" stands for \d+ names', institute)
    assert "kinds of organizations" not in institute
    assert "stands for" not in mltalks("list", "company:berkeley").err


@pytest.mark.parametrize(
    ("typed", "filtered"),
    [
        ("Googleの導入事例", "company:google 導入事例"),
        ("case studies by intel", "company:intel case studies"),
    ],
)
def test_words_that_any_talk_of_a_company_may_be_are_named_as_not_searched(
    mltalks: Run, typed: str, filtered: str
) -> None:
    for query in (typed, filtered):
        found = mltalks("search", query, "-n", "0", "-o", "ids")
        assert "not searched, since any talk of an organization may be one: " in found.err
        assert set(found.out.split()) == listed(mltalks, filtered.split(maxsplit=1)[0])


@pytest.mark.parametrize("subject", ["導入", "活用"])
def test_what_a_talk_may_be_about_is_searched_beside_a_company(mltalks: Run, subject: str) -> None:
    for query in (f"Googleの{subject}", f"company:google {subject}"):
        assert "not searched" not in mltalks("search", query).err


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        (["year:2019", "year:2020"], "year:2019,2020"),
        (["opml19", "opml20"], "event:opml19,opml20"),
        (["kind:paper kind:talk"], "kind:paper,talk"),
    ],
)
def test_two_values_that_no_talk_has_together_are_named(mltalks: Run, query: list[str], meant: str) -> None:
    found = mltalks("list", *query, "--count")
    assert (found.out, f"write {meant}\n" in found.err) == ("0\n", True)
    if ":" in query[0]:  # several ids in search mean any of them
        assert f"write {meant}\n" in mltalks("search", *query).err
    assert "more than one" not in mltalks("list", meant, "--count").err
    assert "more than one" not in mltalks("list", "year:2020..", "year:..2019", "--count").err
    assert "more than one" not in mltalks("list", "event:OPML19", "event:opml19", "kind:panel", "zzqq").err


def test_a_phrase_in_one_number_names_the_other(mltalks: Run) -> None:
    one, several = '"large language model"', '"large language models"'
    counts = {typed: int(mltalks("list", typed, "--count").out) for typed in (one, several)}
    both = f"({one} OR {several})"
    for typed, other in ((one, several), (several, one)):
        more = f"sessions that say only {other}: {counts[other]}; for both, write ({typed} OR {other})"
        assert more in mltalks("list", typed, "--count").err
        assert more in mltalks("trend", typed).err
    assert int(mltalks("list", both, "--count").out) == sum(counts.values())
    assert "this form alone" not in mltalks("list", both, "--count").err
    assert "this form alone" not in mltalks("list", '"KV cache" NOT "large language model"', "--count").err
