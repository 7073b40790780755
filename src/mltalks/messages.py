"""Everything mltalks says to a person, as templates that are filled in late and in the language asked for.

The English template is the key; a test sees to it that each has its Japanese. Data are never translated here.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol, runtime_checkable

Lang = Literal["en", "ja"]


@runtime_checkable
class Sayable(Protocol):
    """What says itself in a language: a message or problem within another."""

    def text(self, lang: Lang) -> str:
        """Return it in a language."""


class Message:
    """A template with its values; equal to another that says the same."""

    __slots__ = ("template", "values")

    def __init__(self, template: str, values: Mapping[str, object] | None = None) -> None:
        self.template = template
        self.values = values or {}

    def text(self, lang: Lang = "en") -> str:
        """Return the message in a language."""
        return say(self.template, lang, **self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.template, self.values) == (other.template, other.values)

    def __hash__(self) -> int:
        return hash(self.text())

    def __repr__(self) -> str:
        return f"Message({self.text()!r})"


def say(template: str, lang: Lang, /, **values: object) -> str:
    """Return a template in a language with its values filled in; of these, only words of ours are translated.

    >>> say('no talk says "{word}"', "ja", word="tpv")
    '「tpv」を含む発表はありません'
    >>> say('no {what} "{name}"', "ja", what="company", name="company")
    '組織「company」はありません'
    """
    text = JAPANESE.get(template, template) if lang == "ja" else template
    return (
        text.format(**{name: _said(name, value, lang) for name, value in values.items()}) if values else text
    )


def _said(name: str, value: object, lang: Lang) -> object:
    if isinstance(value, Sayable):
        return value.text(lang)
    return WORDS.get(str(value), value) if lang == "ja" and name in WORD_VALUES else value


def excerpt(text: str, limit: int = 60) -> str:
    """Return the first characters of a text that a message quotes, with a mark when it is longer.

    >>> excerpt("a long text", 7)
    'a long…'
    """
    return text if len(text) <= limit else text[: limit - 1] + "…"


def word(name: str, lang: Lang) -> str:
    """Return a word that stands as a value, in a language.

    >>> word("company", "ja"), word("company", "en")
    ('組織', 'company')
    """
    return WORDS.get(name, name) if lang == "ja" else name


def did_you_mean(names: Sequence[str], lang: Lang) -> str:
    """Return `; did you mean "a" or "b"?`, or nothing without names."""
    if not names:
        return ""
    quoted = [f'"{name}"' for name in names]
    if lang == "ja":
        return f"。もしかして: {'、'.join(quoted)}"
    listed = quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
    return f"; did you mean {listed}?"


JAPANESE: dict[str, str] = {
    # how a query was taken
    'no talk says "{word}"': "「{word}」を含む発表はありません",
    'no talk says "{word}"; showing "{corrected}"': "「{word}」を含む発表はありません。「{corrected}」を表示します",
    'taking {what} "{name}" as {taken}': "{what}「{name}」を {taken} とみなします",
    'no {what} "{name}"': "{what}「{name}」はありません",
    '"{name}" fits {count} names of {what}; write more of it': (
        "「{name}」に当てはまる {what} が{count}件あります。もう少し詳しく書いてください"
    ),
    # what a query may not be
    "the query has a ) without its (": "検索式の ) に対応する ( がありません",
    "the query has nothing between ( and )": "検索式の ( と ) の間に何もありません",
    "the query has an open ( that is never closed": "検索式の ( が閉じられていません",
    'the query has an open quote (") that is never closed': '検索式の引用符 (") が閉じられていません',
    "the query ends where a word is expected": "検索式が途中で終わっています",
    "the query is nested deeper than {depth} levels": "検索式の入れ子が{depth}段を超えています",
    'nothing to look for in "{text}"; write a word': "「{text}」には検索する語がありません",
    "OR needs something to look for on both sides": "OR の両側に検索する語が必要です",
    "AND needs something to look for on both sides": "AND の両側に検索する語が必要です",
    "NOT needs something after it": "NOT の後に検索する語が必要です",
    'no field "{name}" in a query': "検索式に「{name}」という項目はありません",
    "{field}: needs a value right after it": "{field}: の直後に値が必要です",
    "year:{value} is not a year; write year:2019, year:2019..2021 or year:2024..": (
        "year:{value} は年ではありません。year:2019、year:2019..2021、year:2024.. のように書いてください"
    ),
    "{field}:{value} is none of {choices}": "{field}:{value} は {choices} のいずれでもありません",
    'taking "{word}" as a word; the operator is {operator}': (
        "「{word}」を検索語とみなします。演算子は大文字の {operator} です"
    ),
    # what may be wrong with data
    "{problem}; 'mltalks validate' checks all data": "{problem}（'mltalks validate' で全データを検査できます）",
    "{count} problems in {files}; 'mltalks validate' lists them": (
        "{files} に{count}件の問題があります。'mltalks validate' で一覧できます"
    ),
    "no TOML file in this folder": "このフォルダに TOML ファイルがありません",
    "cannot be read: {reason}": "読めません: {reason}",
    "not UTF-8 text; save the file as UTF-8": "UTF-8 ではありません。UTF-8 で保存してください",
    "not valid TOML: {reason} (column {column})": "TOML として正しくありません: {reason}（{column}桁目）",
    "nested too deeply to be read": "入れ子が深すぎて読めません",
    "holds a number too long to be read": "数値が長すぎて読めません",
    "is empty; write at least one text": "空です。文字列を一つ以上書いてください",
    'names "{value}" twice': "「{value}」が重複しています",
    'differs from "{other}" in case only; give one of them another name': (
        "「{other}」と大文字・小文字しか違いません。どちらかの名前を変えてください"
    ),
    "holds a tab, line break or control character": "タブ、改行、または制御文字を含んでいます",
    'unknown table "{table}"': "「{table}」という表はありません",
    "expected tables, each under [[{table}]]": "[[{table}]] で始まる表が必要です",
    '"{name}" is already at {place}; give one of them another name': (
        "「{name}」は {place} に既にあります。どちらかの名前を変えてください"
    ),
    "missing; every record of [[{table}]] needs it": "ありません。[[{table}]] の各項目に必要です",
    "expected {what}, found {found}": "{what} が必要ですが、{found} があります",
    "is empty; leave the field out when the fact is not known": "空です。不明な項目は書かないでください",
    "not an id; use letters, digits, hyphens, dots and underscores": (
        "id ではありません。文字、数字、ハイフン、ピリオド、下線を使ってください"
    ),
    "not a link; it must start with https:// or http://": "リンクではありません。https:// か http:// で始めてください",
    'not a date; write it as text, like "2019-05-20"': '日付ではありません。"2019-05-20" のように書いてください',
    "{number} is not a year from 1900 to 2200": "{number} は1900年から2200年までの年ではありません",
    '"{value}" is none of {choices}': "「{value}」は {choices} のいずれでもありません",
    'unknown field "{name}"': "「{name}」という項目はありません",
    "a speaker needs a name": "講演者には name が必要です",
    "a label needs a text in en, ja or both": "label には en か ja の文字列が必要です",
    '{owner} has the label "{alias}" too; name what sets them apart': "{owner} のラベルも「{alias}」です。違いがわかる名前にしてください",
    "no label in {lang}; the other one is shown instead": "{lang} のラベルがありません。もう一方を表示します",
    '"{alias}" is a strong term of {owner} too; make it weak in one of them': "「{alias}」は {owner} の strong にもあります。どちらかで weak にしてください",
    'no {what} "{value}"': "{what}「{value}」はありません",
    "runs in a circle: {circle}": "循環しています: {circle}",
    '"{alias}" already names {owner}': "「{alias}」は既に {owner} の名前です",
    '"{name}" is not in organizations.toml; it is counted as printed': (
        "「{name}」は organizations.toml にありません。表記のまま数えます"
    ),
    'not a time; write it like "2019-05-20T10:30" or "2019-05-20T10:30+09:00"': (
        '日時ではありません。"2019-05-20T10:30" か "2019-05-20T10:30+09:00" のように書いてください'
    ),
    "not a number of minutes from 1 to 1440": "1 から 1440 までの分数ではありません",
    "not a DOI; write it like 10.1145/3342195.3387514, without https://doi.org/": (
        "DOI ではありません。10.1145/3342195.3387514 のように、https://doi.org/ を付けずに書いてください"
    ),
    "not a language; write its code, like en, ja or pt-br": "言語ではありません。en、ja、pt-br のような符号で書いてください",
    "not a tag; use letters, digits, hyphens, dots and underscores, without spaces": (
        "タグではありません。文字、数字、ハイフン、ピリオド、下線を、空白なしで使ってください"
    ),
    # what sources of records may be
    "has no title": "題名がありません",
    "the heading cannot be read: {reason}": "見出しの行が読めません: {reason}",
    "no column is known to be a title among {names}; name it: --map title=HEADER": (
        "{names} の中に題名の列が見つかりません。--map title=見出し で指定してください"
    ),
    "has {found} cells, the heading {expected}; put quotes around text that holds the separator": (
        "{found}個の欄がありますが、見出しは{expected}個です。区切り文字を含む文字列は引用符で囲んでください"
    ),
    "a quote is not closed, or stands within a cell": "引用符が閉じられていないか、欄の途中にあります",
    '--map: no field "{name}" in a session': "--map: 発表に「{name}」という項目はありません",
    '--map {field}: {path} has no "{name}"': "--map {field}: {path} に「{name}」がありません",
    '--map {field}: no record has "{key}"': "--map {field}: どのレコードにも「{key}」がありません",
    "not an object with a title": "題名のあるオブジェクトではありません",
    "not imported: [[{table}]]": "取り込みません: [[{table}]]",
    'not imported: event "{event}", which has no session here': "取り込みません: 会議「{event}」（ここに発表がありません）",
    "holds no [[sessions]]": "[[sessions]] がありません",
    "is made of too many small parts to be data of talks": "細かい要素が多すぎます。発表のデータではありません",
    "not {encoding} text; name its encoding with --encoding": "{encoding} ではありません。--encoding で文字コードを指定してください",
    "longer than {count} characters; no talk is": "{count}文字を超えています。発表ではありません",
    # what other programs are given
    # what foreign records lack
    "has no year, nor has its event; add the day on which it was given": (
        "年がわからず、会議の年もわかりません。発表の日付を書き加えてください"
    ),
    "a symbolic link, which is not followed": "シンボリックリンクです。たどりません",
    "not a file": "ファイルではありません",
    "larger than {size} MB; no talk is": "{size}MB を超えています。発表ではありません",
    "larger than {size} MB; no schedule is": "{size}MB を超えています。スケジュールではありません",
    "larger than {size} MB; no list of talks is": "{size}MB を超えています。発表の一覧ではありません",
    "holds no folder named videos with a file a talk": (
        "発表ごとのファイルを入れた videos という名前のフォルダがありません"
    ),
    "holds no results, as the files of virtual conference sites do": (
        "オンライン会議サイトのファイルにあるはずの results がありません"
    ),
    "holds no hits, as an answer of DBLP's search does": "DBLP の検索結果にあるはずの hits がありません",
    "holds no days of a conference, as a schedule does": "スケジュールにあるはずの会議の days がありません",
    "hidden by its site": "サイトが非公開にしています",
    'of the type "{type}", which is no talk': "種別「{type}」は発表ではありません",
    "has a line that begins with %; take YAML's directives out": (
        "% で始まる行があります。YAML のディレクティブを取り除いてください"
    ),
    "has an anchor or alias of YAML (& or *); write the value out": (
        "YAML のアンカーかエイリアス（& か *）があります。値をそのまま書いてください"
    ),
    # what a person changes
    "--encoding {name}: there is no such encoding": "--encoding {name}: そのような文字コードはありません",
    "--format {format} needs a file: -O {example}": "--format {format} にはファイルが必要です: -O {example}",
    '--map {typed}: write it as FIELD=COLUMN, like "title=Talk title"': '--map {typed}: "title=Talk title" のように、項目=列 と書いてください',
    "--mapping is for --format opensearch": "--mapping は --format opensearch 用です",
    "--remove stands alone": "--remove は単独で使います",
    "-O is for --themes; sessions go into your own data": "-O は --themes 用です。発表は自分のデータに入ります",
    "a session needs a title and an --event; or --edit to write it in your editor": "発表には題名と --event が必要です。--edit ならエディタで書けます",
    "an empty answer leaves a field out; Ctrl-C ends without adding anything": "空のままなら項目を省きます。Ctrl-C で何も加えずに終わります",
    "cannot run the editor {command}: {reason}; EDITOR names another": "エディタ {command} を起動できません: {reason}。EDITOR で指定できます",
    "export writes whole records; 'mltalks list --fields' picks some": "export はすべての項目を書きます。項目を選ぶには 'mltalks list --fields' を使ってください",
    "is missing": "ありません",
    "its first {count} records are no talks; --format names what it is": (
        "最初の{count}件が発表ではありません。--format で形式を指定してください"
    ),
    "and {count} more; 2> problems.txt keeps all of them": "ほか{count}件（2> problems.txt ですべて保存できます）",
    "is written in a way in which it cannot be changed; put each record under [[{table}]]": (
        "変更できない書き方です。レコードごとに [[{table}]] の見出しを付けてください"
    ),
    "sessions mended: {count}; 'mltalks undo' takes it back": "{count}件を直しました。'mltalks undo' で取り消せます",
    "name the file to import: mltalks import talks.csv; - reads standard input": "取り込むファイルを指定してください: mltalks import talks.csv（- で標準入力）",
    "new events: {names}": "新しい会議: {names}",
    "no change to take back": "取り消す変更がありません",
    "no change yet": "まだ変更がありません",
    "no change {number}; 'mltalks log' lists them": "変更 {number} はありません。'mltalks log' で一覧できます",
    'no event "{name}"; write a new one with its year, as in "{name} 2024"': "会議「{name}」はありません。新しい会議は「{name} 2024」のように年を付けて書いてください",
    "no terminal to ask at; --yes removes without asking": "確認できる端末がありません。--yes なら確認せずに削除します",
    "no terminal to edit at; say on the command line what to write": "編集できる端末がありません。内容はコマンドラインで指定してください",
    "nothing is changed": "変更はありません",
    "remove {id}?": "{id} を削除しますか?",
    "says no event; --event names one for all": "会議の記載がありません。--event で全件の会議を指定できます",
    'says no year of "{name}"; --event "{name} 2024" names it': '「{name}」の年の記載がありません。--event "{name} 2024" のように指定できます',
    "taken back: {change}": "取り消しました: {change}",
    "the editor {command} failed; what you wrote is kept in {path}": "エディタ {command} が失敗しました。書いた内容は {path} にあります",
    'the id "{name}" is taken; write another, or change that session': "id「{name}」は既に使われています。別の id にするか、その発表を変更してください",
    "the id must stay {id}": "id は {id} のままにしてください",
    "the note is empty; --remove takes a note away": "メモが空です。メモを消すには --remove を使ってください",
    "there is no standard input": "標準入力がありません",
    "write at least one tag": "タグを一つ以上書いてください",
    "write one session, under [[sessions]]": "[[sessions]] の下に発表を一つだけ書いてください",
    "{change}, in {path}": "{change}（{path}）",
    "sessions without a date, left out of the calendar: {count}": "日付のない{count}件はカレンダーに入りません",
    "sessions written to {path}: {count}": "{count}件を {path} に書きました",
    "{field} is set in {place}, which is read after your own; change it there": "{field} は、自分のデータより後に読まれる {place} にあります。そちらを変更してください",
    "{field} stands in {place}; it can be changed here, not taken away": "{field} は {place} にあります。ここでは変更はできますが、消せません",
    "{field}: {message}": "{field}: {message}",
    "{id} is again as it was without your own": "{id} は自分の記載がない状態に戻りました",
    "{id} is not your own: it stands in {path}; only your own can be removed": "{id} は自分のものではありません（{path}）。削除できるのは自分のものだけです",
    "{message}; it is left out": "{message}。除きました",
    "{message}; what you wrote is kept in {path}": "{message}。書いた内容は {path} にあります",
    "{path} has been changed by hand since '{command}'; 'mltalks log {number}' shows what that did": "{path} は '{command}' の後で手で変更されています。'mltalks log {number}' でその内容を見られます",
    "has the DOI of {id}": "{id} と同じ DOI です",
    "has the title of {id}": "{id} と同じ題名です",
    "has nearly the title of {id}": "{id} とほぼ同じ題名です",
    'the format "{name}" of the package {package} fails: {reason}': "パッケージ {package} の形式「{name}」でエラー: {reason}",
    "its format cannot be told; --format names it: {names}": "形式が分かりません。--format で指定してください: {names}",
    "would add {added}, change {changed}, skip {skipped}; {known} known already, {refused} not taken": "追加予定{added}件、変更予定{changed}件、除外{skipped}件。既知{known}件、不可{refused}件",
    "{added} added, {changed} changed, {skipped} skipped; {known} known already, {refused} not taken": "追加{added}件、変更{changed}件、除外{skipped}件。既知{known}件、不可{refused}件",
    "this system has no file locks, so your data cannot be changed on it": "このシステムにはファイルロックがないため、データを変更できません",
    "cannot write: {reason}; nothing is changed, free some space and do it again": "書き込めません: {reason}。何も変更していません。空きを作って、もう一度実行してください",
    "cannot write: {reason}; nothing is changed, MLTALKS_DATA may name a folder of yours": "書き込めません: {reason}。何も変更していません。MLTALKS_DATA で書き込めるフォルダを指定できます",
    "cannot write: {reason}; nothing is changed": "書き込めません: {reason}。何も変更していません",
    # what bibliographies and calendars lack
    "has no title; it is left out": "題名がありません。取り込みません",
    "is not closed, or lacks a comma or =; it is left out": "閉じていないか、コンマまたは = がありません。取り込みません",
    "is too long once its macros are filled in; it is left out": "マクロを展開すると長すぎます。取り込みません",
    "its key was seen before; give it another one": "キーが重複しています。別のキーを付けてください",
    "is not ended by a line ER; it is taken up to the next": "ER の行で終わっていません。次のレコードの前までを取り込みます",
    "has no END:VEVENT; it is taken up to the next": "END:VEVENT がありません。次の予定の前までを取り込みます",
    "recurs; it is taken once, at its first time": "繰り返しの予定です。最初の1回だけを取り込みます",
    # what a check-up finds
    'one session twice? {sessions} all have the title "{title}"': (
        "同じ発表の重複かもしれません。{sessions} のタイトルはどれも「{title}」です"
    ),
    'one session twice? {sessions} have nearly the title "{title}"': (
        "同じ発表の重複かもしれません。{sessions} のタイトルはどれもほぼ「{title}」です"
    ),
    'speaker "{name}" elsewhere goes by "{other}"': "講演者「{name}」は他では「{other}」です",
    '"{name}" is not known; it is "{other}" but for spaces or its legal form': (
        "「{name}」は登録されていません。空白や法人格を除けば「{other}」です"
    ),
    '"{name}" is "{other}" but for spaces, case or its legal form': (
        "「{name}」は、空白、大文字・小文字、法人格を除けば「{other}」です"
    ),
    '"{name}" is not known, and looks like "{other}"': "「{name}」は登録されていません。「{other}」に似ています",
    '"{name}" of {owner} and "{other}" of {second} differ in spaces or a legal form only': (
        "{owner} の「{name}」と {second} の「{other}」は、空白か法人格しか違いません"
    ),
    "{link} is the {what} of {count} sessions": "{link} は{count}件の発表の{what}です",
    "{link} ({what}) leads to a machine that others cannot reach": (
        "{link}（{what}）は他の人が接続できないマシンを指しています"
    ),
    "{link} ({what}) says where somebody found it": "{link}（{what}）に追跡用のパラメータがあります",
    "{link} ({what}) is not https, though its host is elsewhere": (
        "{link}（{what}）は https ではありません。同じホストは他では https です"
    ),
    "{link} looks like {reason}, and stands as {what}": "{link} は{reason}のようですが、{what}になっています",
    "{link} has moved to {address}": "{link} は {address} に移転しました",
    "{link} is dead: {problem}": "{link} は切れています: {problem}",
    "{link} could not be checked: {problem}": "{link} は確認できませんでした: {problem}",
    "{session}: {field} has needless spaces, HTML entities or repetitions": (
        "{session}: {field} に不要な空白、HTML の文字参照、または重複があります"
    ),
    '{session}: the title "{title}" is in capitals': "{session}: タイトル「{title}」がすべて大文字です",
    '{session}: the title "{title}" says nothing': "{session}: タイトル「{title}」は内容を表していません",
    '{session}: the title "{title}" holds markup': "{session}: タイトル「{title}」にマークアップがあります",
    "{session}: the title {title} stands in quotes": "{session}: タイトル {title} が引用符で囲まれています",
    '{session}: the title "{title}" ends with a full stop': "{session}: タイトル「{title}」が句点で終わっています",
    "{session}: {field} only repeats the title": "{session}: {field} はタイトルの繰り返しです",
    '{session}: the speaker "{name}" is nobody': "{session}: 講演者「{name}」は人名ではありません",
    '{session}: the speaker "{name}" is an organization': "{session}: 講演者「{name}」は組織です",
    "{session}: {date} is not within {event}, {first} to {last}": (
        "{session}: {date} は {event} の会期（{first} から {last}）に含まれません"
    ),
    'keyword "{name}" elsewhere is "{other}"': "キーワード「{name}」は他では「{other}」です",
    "event {event} starts on {date}, and its year is {year}": "会議 {event} の開始日は {date} ですが、年は {year} です",
    "event {event} ends on {last}, before it starts on {first}": (
        "会議 {event} の終了日 {last} が開始日 {first} より前です"
    ),
    "{event} is not known whole ({coverage}): {count} sessions are here": (
        "{event} は全発表が揃っていません（{coverage}）。収録は{count}件です"
    ),
    "{event}: {lacking} of {count} sessions lack: {what}": "{event}: {count}件中{lacking}件に{what}がありません",
    "{shown} of {count} findings; --limit 0 shows all": "指摘{count}件中{shown}件（--limit 0 ですべて表示）",
    "asking {count} links": "{count}個のリンクを確認しています",
    # what the network answers
    "{address}: {problem}": "{address}: {problem}",
    "{address} leads to another host: open {target} instead": (
        "{address} は別のホストに転送されます。代わりに {target} を開いてください"
    ),
    "{address} leads from address to address; open it in a browser": (
        "{address} は転送を繰り返します。ブラウザで開いてください"
    ),
    '"{address}" is not an address; write it like https://example.org/talks': (
        "「{address}」はアドレスではありません。https://example.org/talks のように書いてください"
    ),
    "{address}: only https:// is fetched": "{address}: 取得できるのは https:// だけです",
    "{host}: an address with a name or password in it is not fetched": (
        "{host}: 利用者名やパスワードを含むアドレスは取得しません"
    ),
    "no host {host} is known; check the address and the network": (
        "ホスト {host} が見つかりません。アドレスとネットワークを確かめてください"
    ),
    "the certificate of {host} is not trusted: {reason}": "{host} の証明書を信頼できません: {reason}",
    "{host} is too slow": "{host} の応答が遅すぎます",
    "{host} cannot be reached: {reason}": "{host} に接続できません: {reason}",
    "{host} does not answer as HTTP says: {reason}": "{host} の応答は HTTP として正しくありません: {reason}",
    "{host} answers {status}": "{host} の応答は {status} です",
    "is larger than {megabytes} MB; save it as a file and name that": (
        "{megabytes} MB を超えています。ファイルに保存して、それを指定してください"
    ),
    "ends too early; try again": "途中で終わっています。もう一度試してください",
    "is packed in a way that cannot be read: {coding}": "読めない方式で圧縮されています: {coding}",
    "is damaged; try again": "壊れています。もう一度試してください",
    "no host of any link is known; check the network": (
        "どのリンクのホストも見つかりません。ネットワークを確かめてください"
    ),
    "leads from address to address": "転送を繰り返します",
    "leads to an address that is not followed": "たどれないアドレスに転送されます",
    "it answers {status}": "応答は {status} です",
    "it leads to the front page of {address}": "{address} のトップページに転送されます",
    # what may be wrong with a thesaurus
    "not valid {form}: {reason}": "{form} として正しくありません: {reason}",
    'takes its context from "{address}"; write that context into the file': (
        "コンテキスト「{address}」は読み込みません。その内容をファイルの中に書いてください"
    ),
    "holds no skos:Concept": "skos:Concept がありません",
    "holds no [[themes]]": "[[themes]] がありません",
    "holds {tables}; a tree has [[themes]] alone": "{tables} があります。テーマの木には [[themes]] だけを書いてください",
    "is deeper than {depth} levels": "{depth}段より深くなっています",
    "no concept has a label in {lang}; the other one is shown instead": (
        "{lang} のラベルを持つ概念がありません。もう一方を表示します"
    ),
    'no label in en or ja; "{label}" is shown instead': "en と ja のラベルがありません。「{label}」を表示します",
    'has {count} labels in {lang}; "{label}" is shown, all are terms': (
        "{lang} のラベルが{count}個あります。「{label}」を表示し、すべてを用語とします"
    ),
    'the id "{name}" is taken; this one gets another': "id「{name}」は既に使われています。別の id を付けます",
    'the broader concept "{other}" is not in the file; add it, or drop the relation': (
        "上位概念「{other}」がファイルにありません。追加するか、関係を削除してください"
    ),
    "has {count} broader concepts, {names}; it stays under the first, drop the others": (
        "上位概念が{count}個あります（{names}）。最初のものの下に置きます。他は削除してください"
    ),
    "is a top concept and has a broader one; it stays under {owner}": (
        "最上位の概念ですが上位概念もあります。{owner} の下に置きます"
    ),
    "runs in a circle: {circle}; drop one of these relations": (
        "循環しています: {circle}。いずれかの関係を削除してください"
    ),
    "left out, as a theme has no place for it: {names}": "テーマに置き場所がないため除いたもの: {names}",
    "left out, as only en and ja are read: {names}": "en と ja 以外のため除いたもの: {names}",
    "reading SKOS takes rdflib: pip install 'mltalks[skos]'": (
        "SKOS を読むには rdflib が必要です: pip install 'mltalks[skos]'"
    ),
    # what the commands say
    "{path}: the ending tells the format; it may be {endings}": "{path}: 形式は拡張子で決まります。使えるもの: {endings}",
    "{path} is there already; --force writes over it": "{path} は既にあります。上書きするには --force を付けてください",
    "{themes} themes written to {path}": "{themes}テーマを {path} に書きました",
    "1 file removed": "1個のファイルを削除しました",
    "{count} files removed": "{count}個のファイルを削除しました",
    "'mltalks index' makes this start at once": "'mltalks index' を実行すると、すぐに起動するようになります",
    "{sessions} sessions compiled into {path}": "{sessions}件を {path} にまとめました",
    "only the first {count} words of the query are looked for": "検索式の最初の{count}語だけを検索します",
    "no talk has all these words; showing those that have most": (
        "すべての語を含む発表はありません。多くの語を含むものを表示します"
    ),
    "reading titles from the terminal; end with Ctrl-D": "端末から題名を読みます。Ctrl-D で終わります",
    "{session} is filed under {theme}": "{session} を {theme} に分類しました",
    "{session} is kept out of {theme}": "{session} を {theme} から外しました",
    "the compiled index is damaged; 'mltalks index --clear' removes it": (
        "作成済みの索引が壊れています。'mltalks index --clear' で削除できます"
    ),
    "no decision to take back": "取り消す判断がありません",
    "no decision yet; 'mltalks accept' and 'mltalks reject' take one": (
        "まだ判断がありません。'mltalks accept' と 'mltalks reject' で加えます"
    ),
    "not valid JSON: {reason}": "JSON として正しくありません: {reason}",
    "no session is filed under it; remove it, or give it terms that sessions say": (
        "このテーマの発表がありません。削除するか、発表に現れる用語を加えてください"
    ),
    "no facet {name}; the facets are {names}": "ファセット {name} はありません。使えるもの: {names}",
    "no term of any theme stands in its title, keywords, track or summary": (
        "題名、キーワード、トラック、概要に、どのテーマの用語もありません"
    ),
    # surveys
    "{seats} seats, {members} members": "{seats}席、{members}名",
    "the committee of {event} is not known": "{event} の委員は不明です",
    "the committee of {event} is complete": "{event} の委員は全員揃っています",
    "the committee of {event} is not complete": "{event} の委員は全員揃っていません",
    "the committee of {event} is not complete: {note}": "{event} の委員は全員揃っていません: {note}",
    "whether all members are here is not known of {events}": "全員揃っているか不明: {events}",
    "judged: {years}": "判定した年: {years}",
    "fewer than two years can be judged; --all-years judges all": (
        "判定できる年が2年に満たないため判定しません。--all-years ですべての年を判定します"
    ),
    "not judged, as their events are not known whole: {years}": "会議の発表が揃っていないため判定しない年: {years}",
    "not judged, as of too few sessions the {what} is known: {years}": (
        "{what}が分かる発表が少ないため判定しない年: {years}"
    ),
    "A: {a}, {in_a} sessions; B: {b}, {in_b} sessions; {both} in both": (
        "A: {a}（{in_a}件）、B: {b}（{in_b}件）、両方に{both}件"
    ),
    'taking "{name}" as {what}; {query} is something else': "「{name}」を{what}とみなします。{query} は別のものです",
    'no event, series, company or theme is named "{name}"; comparing the talks that say it': (
        "「{name}」という名前の会議、シリーズ、組織、テーマはありません。その語を含む発表を比べます"
    ),
    "write what to compare: mltalks compare opml19 opml20": "比べるものを書いてください: mltalks compare opml19 opml20",
    "nothing found": "見つかりませんでした",
    # the survey
    "{count} sessions surveyed in {path}": "{count}件の調査を {path} に書きました",
    "Survey of {what}": "{what} の調査",
    "Survey of all sessions": "全発表の調査",
    "The events": "会議",
    "Committee by organization": "組織別の委員",
    "Sessions by track and kind": "トラックと種類別の発表",
    "Organizations": "組織",
    "Themes and their talks": "テーマとその発表",
    "Keywords": "キーワード",
    "What the giants talk about": "大手企業が話していること",
    "What other companies talk about": "ほかの企業が話していること",
    "Talks that fit no theme": "どのテーマにも当てはまらない発表",
    "Themes over the years": "年ごとのテーマ",
    "Changes since the edition before": "前回からの変化",
    "How complete the data is": "データの揃い具合",
    "{sessions} of {events}: {names}.": "{events}の発表{sessions}: {names}。",
    "Not all sessions of {events} are known; every count here is of those that are.": (
        "{events} は全発表が揃っていません。ここでの件数はすべて収録分のみです。"
    ),
    "1 event": "1会議",
    "{count} events": "{count}会議",
    "{count} more": "ほか{count}件",
    "Events, their sessions here and how far they are known": "会議、該当する発表、収録の状況",
    "{events}: {about}": "{events}: {about}",
    "(not printed)": "（記載なし）",
    "Seats on the committee of {events}, {seats} in all": "{events} の委員の席数（全{seats}席）",
    "The committee of {event} is not known whole, so it is not counted by organization: {note}.": (
        "{event} の委員は全員が揃っていないため、組織別に数えません: {note}。"
    ),
    "The committee is not known: {events}.": "委員が不明の会議: {events}。",
    "Tracks of {event}, known of {known} of {sessions}": "{event} のトラック（{sessions}中{known}件で判明）",
    "The largest track of {event}: {tracks} ({count}).": "{event} で最も多いトラック: {tracks}（{count}）。",
    "Which track of {event} is the largest cannot be told: the track is known of {known} of {sessions}.": (
        "{event} で最も多いトラックは分かりません。トラックが判明しているのは{sessions}中{known}件です。"
    ),
    "Of these no track is known, so none can be called the largest: {events}.": (
        "トラックが一件も判明していないため、最も多いものを言えない会議: {events}。"
    ),
    "Sessions by kind": "種類別の発表",
    "Of {unknown} of {sessions} no organization is known; they are in none of these counts.": (
        "{sessions}中{unknown}件は組織が不明で、以下の件数に含みません。"
    ),
    "Sessions that have an organization of a kind": "種類ごとの、その組織が関わる発表",
    "Sessions by organization, its units included": "組織別の発表（傘下を含む）",
    "Sessions by theme and organization; one with two themes counts under both": (
        "テーマと組織別の発表（テーマが二つある発表は両方に数えます）"
    ),
    "The themes of {inferred} of {sessions} are inferred from their texts.": (
        "{sessions}中{inferred}件のテーマは本文からの推定です。"
    ),
    "Of {unknown} of {sessions} no keyword is known.": "{sessions}中{unknown}件はキーワードが不明です。",
    "Sessions by keyword": "キーワード別の発表",
    "Giants are here the companies with at least {least} of the {all} sessions of the whole catalogue (1 %, and 5 at "
    "least), units included: a measure of how much they speak, not of their size.": (
        "ここで大手とは、全収録{all}件のうち傘下を含めて{least}件以上（1%以上かつ5件以上）の発表がある企業です。"
        "発表の多さの目安であり、企業の規模ではありません。"
    ),
    "Top themes of the sessions of all giants together": "大手企業の発表を合わせた最上位テーマ",
    "None of them is among these sessions.": "この範囲に該当する発表はありません。",
    "{sessions} have no known organization; any of them may be a giant's.": (
        "{sessions}は組織が不明で、大手企業のものが含まれるかもしれません。"
    ),
    "All companies that speak less often than the giants; how large a company is, the data does not say.": (
        "大手より発表の少ない企業すべてです。企業の規模はデータからは分かりません。"
    ),
    "Companies and their sessions: {names}.": "企業と発表の件数: {names}。",
    "No session here is filed under a theme.": "テーマに分類された発表はありません。",
    "Themes of the sessions of other companies": "ほかの企業の発表のテーマ",
    "Talks of other companies": "ほかの企業の発表",
    "None: every session is filed under a theme.": "ありません。すべての発表がテーマに分類されています。",
    "Talks without a theme": "テーマのない発表",
    "All sessions are of one year; there is nothing to follow.": "すべて同じ年の発表のため、推移はありません。",
    "all sessions": "全発表",
    "Sessions by theme and year: the {count} commonest themes": "テーマと年別の発表（多い順に{count}テーマ）",
    "Counts of different years are not to be compared as they stand: of {years} not all sessions are known.": (
        "年どうしの件数はそのまま比べられません。{years} は全発表が揃っていません。"
    ),
    "Only whole editions are compared; of these, the query finds a part: {events}.": (
        "比べるのは会議全体のみです。検索式が一部だけに合う会議: {events}。"
    ),
    "No earlier edition of these is here: {events}.": "前回の会議が収録されていないもの: {events}。",
    "{event} beside {before} ({few})": "{event} と {before}（{few}）",
    "{event} beside {before}": "{event} と {before} の比較",
    "So many themes and organizations differ by so little that it may be chance: {editions}.": (
        "差が小さく偶然かもしれないテーマと組織の数: {editions}。"
    ),
    "Not all sessions of {events} are known: what seems new or gone may only be missing.": (
        "{events} は全発表が揃っていません。新出や消滅に見えても、収録されていないだけかもしれません。"
    ),
    "{count} sessions found": "{count}件見つかりました",
    "1 session found": "1件見つかりました",
    "No session has these words and filters.": "この語と条件に合う発表はありません。",
    "No session has all these words; these have most.": "すべての語を含む発表はありません。多くの語を含むものを表示します。",
    'No session says "{word}"; showing "{corrected}".': "「{word}」を含む発表はありません。「{corrected}」を表示します。",
    "Show {count} more": "あと{count}件表示",
    "Show the first {count}": "最初の{count}件を表示",
    "All": "すべて",
    "{text} for {query}": "{text}（「{query}」に対応）",
    "Page": "ページ",
    "Skip to the survey": "調査の本文へ",
    "Language and colours": "言語と配色",
    "Dark": "暗い配色",
    "The search and the switches need the script of this page.": "検索と切り替えには、このページのスクリプトが必要です。",
    "Find sessions": "発表を探す",
    "Words, in English or Japanese": "語（日本語または英語）",
    "Contents": "目次",
    "Numbers": "数値",
    "Theme": "テーマ",
    "Organization": "組織",
    "Year": "年",
    "Kind": "種類",
    "Of how many of {sessions} each fact is known": "{sessions}のうち各項目が判明している数",
    "1 session": "1件",
    "{count} sessions": "{count}件",
    "{shown} of {count} sessions; --limit 0 shows all": "{count}件中{shown}件（--limit 0 ですべて表示）",
    "{shown} of {count} values; --limit 0 shows all": "{count}個中{shown}個（--limit 0 ですべて表示）",
    "not all sessions of {events} are known; the counts are of those that are": (
        "{events} は全発表が揃っていません。件数は収録分のみです"
    ),
    "{filed} of {count} sessions are filed under a theme": "{count}件中{filed}件がテーマに分類されています",
    "no problem in {files} files": "{files}個のファイルに問題はありません",
    "no problem in 1 file": "1個のファイルに問題はありません",
    "and {count} more notices of this kind": "ほかに同様のお知らせが{count}件あります",
    "{count} themes; --limit 0 shows all": "全{count}テーマ（--limit 0 ですべて表示）",
    "{text} (for {query})": "{text}（「{query}」に対応）",
    "MLTALKS_DATA names {path}, but there is nothing": "MLTALKS_DATA の {path} は存在しません",
    "{sessions} sessions of {events} events, {first} to {last}; {themes} themes, {organizations} organizations": (
        "{events}会議の発表{sessions}件（{first}年から{last}年）、テーマ{themes}、組織{organizations}"
    ),
    "{errors}, {warnings}": "{errors}、{warnings}",
    "1 error": "エラー1件",
    "{count} errors": "エラー{count}件",
    "1 warning": "警告1件",
    "{count} warnings": "警告{count}件",
    "no field {names} here; the fields are {fields}": "項目 {names} はありません。使える項目: {fields}",
    "-o {format} is for sessions; this command has none to print": (
        "-o {format} は発表用です。このコマンドでは使えません"
    ),
    "write what to look for: mltalks search latency": "検索する語を書いてください: mltalks search latency",
    "this session has no {what}; it has {links}": "この発表に {what} はありません。あるもの: {links}",
    "this session has no link": "この発表にリンクはありません",
    "no schema {name}; the schemas are {names}": "スキーマ {name} はありません。使えるもの: {names}",
    'no help on "{topic}"; there is help on {topics} and on every command': (
        "「{topic}」の説明はありません。説明があるもの: {topics} と各コマンド"
    ),
    "opening {address}": "{address} を開きます",
    "cannot open a browser; the address is {address}": "ブラウザを開けません。アドレス: {address}",
    "cannot write: {reason}": "書き込めません: {reason}",
    "to count the themes of talks that say it, write it in parentheses": (
        "その語を含む発表のテーマを数えるには、括弧で囲んでください"
    ),
    "to leave a word out, write NOT {word}": "語を除くには NOT {word} と書いてください",
    "see 'mltalks {command}--help'": "'mltalks {command}--help' を参照してください",
    'no such command "{name}"': "「{name}」というコマンドはありません",
    "no such option {option}": "{option} というオプションはありません",
    "option {option} needs a value": "オプション {option} には値が必要です",
    "option {option} takes no value": "オプション {option} は値を取りません",
    "argument {name} is missing": "引数 {name} がありません",
    "too many arguments: {words}": "引数が多すぎます: {words}",
    '{option}: "{value}" is not a whole number': "{option}: 「{value}」は整数ではありません",
    "{option}: {value} is not in the range {range}": "{option}: {value} は範囲 {range} にありません",
    '{option}: "{value}" is none of {choices}': "{option}: 「{value}」は {choices} のいずれでもありません",
    "--json and -o {format} exclude each other": "--json と -o {format} は同時に使えません",
    "--toml and {option} exclude each other": "--toml と {option} は同時に使えません",
    "--fields names no field": "--fields に項目名がありません",
    "{message}; {hint}": "{message}。{hint}",
    # cross-tables
    "{shown} of {count} columns; --top, --min or a wider terminal fits them, -o csv shows them": (
        "全 {count} 列のうち {shown} 列を表示。--top、--min、広い端末で収まり、-o csv ならすべて表示します"
    ),
    "{shown} of {count} rows; --limit 0 shows all": "全 {count} 行のうち {shown} 行を表示。--limit 0 ですべて表示します",
    "{shown} of {count} lines; --limit 0 shows all": "全 {count} 行のうち {shown} 行を表示。--limit 0 ですべて表示します",
    "{rows} rows and {columns} columns are too many for one table; --top or --min takes the largest, -o jsonl the cells that have sessions": (
        "{rows} 行 {columns} 列は一つの表には多すぎます。--top や --min で大きいものに絞るか、-o jsonl で発表のあるセルだけを出力してください"
    ),
    "no session here has a {what}": "ここには{what}のある発表がありません",
    "nothing has that many sessions; --min is too high": "それだけの発表がある行や列はありません。--min が大きすぎます",
    "percent of the sessions of each row": "各行の発表に対する百分率",
    "percent of the sessions of each column": "各列の発表に対する百分率",
    "percent of all {count} sessions": "全 {count} 件の発表に対する百分率",
    "{count} sessions, each under all its values": "{count} 件の発表を、それぞれのすべての値に数えています",
}

# What may stand for {what}, {found} and {reason} in a message.
WORD_VALUES = frozenset(("what", "found", "reason"))
WORDS: dict[str, str] = {
    "company": "組織",
    "theme": "テーマ",
    "keyword": "キーワード",
    "speaker": "講演者",
    "event": "会議",
    "series": "シリーズ",
    "year": "年",
    "kind": "種類",
    "lang": "言語",
    "has": "資料",
    "track": "トラック",
    "id": "ID",
    "session": "発表",
    "organization": "組織",
    "term": "語",
    "tag": "タグ",
    "language": "言語",
    "mark": "印",
    "note": "メモ",
    "page": "ページ",
    "slides": "スライド",
    "paper": "論文",
    "video": "動画",
    "text": "文字列",
    "a number": "数値",
    "a boolean": "真偽値",
    "a list": "リスト",
    "a table": "テーブル",
    "a date or time": "日付または時刻",
    "a link": "リンク",
    "a year": "年",
    "true or false": "true か false",
    "a list of texts": "文字列のリスト",
    "a list of ids": "id のリスト",
    "a list of speakers": "講演者のリスト",
    "standard output is closed": "標準出力が閉じています",
    "no cache folder": "キャッシュのフォルダがありません",
    "expected , or }": ", か } が必要です",
    "expected :": ": が必要です",
    "expected , or ]": ", か ] が必要です",
    "nothing": "なし",
    "curated": "人手",
    "inferred": "推定",
    "accepted": "採用",
    "rejected": "除外",
    "near": "近い",
    "decided": "自分の判断",
    "none": "なし",
    "unfiled": "テーマなし",
    "filing": "由来",
    "total": "合計",
    "broad only": "上位のみ",
    "phrase": "語句",
    "big": "大きい",
    "nearly empty": "ほぼ空",
    "alike": "似ている",
    "link": "リンク",
    "summary": "概要",
    "error": "誤り",
    "warning": "注意",
    "info": "参考",
    "shipped data": "付属データ",
    "project": "プロジェクト",
    "your data": "自分のデータ",
    "configuration": "設定",
    "cache": "キャッシュ",
    "not known": "不明",
    "new": "新出",
    "rising": "増加",
    "fading": "減少",
    "gone": "消滅",
    "steady": "変化なし",
    "few": "少数",
    "unjudged": "判定なし",
    "complete": "全件",
    "nearly complete": "ほぼ全件",
    "partial": "一部",
    "fragment": "ごく一部",
    "talk": "講演",
    "keynote": "基調講演",
    "panel": "パネル",
    "tutorial": "チュートリアル",
    "poster": "ポスター",
    "grown": "増加",
    "shrunk": "減少",
}

# The kinds of organizations: "company" is any of them elsewhere, and a firm here.
ORGANIZATION_KINDS: dict[str, str] = {
    "company": "企業",
    "university": "大学",
    "lab": "研究所",
    "nonprofit": "非営利団体",
    "not known": "不明",
}

# The headings of tables and the names of fields beside their values.
HEADINGS: dict[str, str] = {
    "outcome": "結果",
    "fields": "項目",
    "reason": "理由",
    "filing": "由来",
    "part": "部分",
    "under": "対象",
    "known sessions": "収録",
    "place": "場所",
    "coverage": "収録の状況",
    "unit of": "上位組織",
    "known": "判明",
    "missing": "不明",
    "organization": "組織",
    "seats": "席",
    "members": "人数",
    "roles": "役職",
    "printed": "表記",
    "bar": "グラフ",
    "change": "変化",
    "sparkline": "推移",
    "p": "p値",
    "q": "q値",
    "facet": "種別",
    "a": "A",
    "b": "B",
    "both": "両方",
    "share_a": "A の割合",
    "share_b": "B の割合",
    "balance": "A│B",
    "log_odds": "対数オッズ比",
    "z": "z値",
    "over": "多い側",
    "row": "行",
    "col": "列",
    "status": "由来",
    "evidence": "根拠",
    "inferred": "推定",
    "themes_inferred": "推定テーマ",
    "decided": "判断日",
    "near": "近いテーマ",
    "session": "発表",
    "verdict": "判断",
    "date": "日付",
    "gap": "種別",
    "name": "名前",
    "measure": "値",
    "parts": "分け方",
    "found": "発表",
    "doi": "DOI",
    "origins": "出所",
    "about": "対象",
    "from": "出所",
    "number": "番号",
    "time": "日時",
    "command": "コマンド",
    "ids": "対象",
    "file": "ファイル",
    "undone": "取り消し済み",
    "undoes": "取り消した変更",
    "language": "言語",
    "minutes": "分",
    "tags": "タグ",
    "mark": "印",
    "note": "メモ",
    "share": "割合",
    "id": "ID",
    "title": "タイトル",
    "companies": "組織",
    "organizations": "所属（表記のまま）",
    "event": "会議",
    "series": "シリーズ",
    "year": "年",
    "kind": "種類",
    "track": "トラック",
    "speakers": "講演者",
    "keywords": "キーワード",
    "keywords_ja": "キーワード（日）",
    "themes": "テーマ",
    "theme": "テーマ",
    "summary": "概要",
    "summary_ja": "概要（日）",
    "links": "リンク",
    "matched": "一致",
    "shared": "共通点",
    "score": "スコア",
    "value": "値",
    "label": "名称",
    "English": "英語",
    "Japanese": "日本語",
    "sessions": "件数",
    "first": "初年",
    "last": "最終年",
    "own": "直接",
    "depth": "深さ",
    "definition": "定義",
    "broader": "上位",
    "narrower": "下位",
    "terms": "用語",
    "source": "出典",
    "source_note": "出典の注",
    "url": "ページ",
    "slides": "スライド",
    "slides_public": "スライド公開",
    "paper": "論文",
    "video": "動画",
    "not public": "非公開",
    "what": "対象",
    "path": "場所",
    "address": "アドレス",
    "line": "行",
    "record": "レコード",
    "field": "項目",
    "severity": "重大度",
    "message": "内容",
    "nearest": "候補",
    "text": "全文",
    "names": "表記",
    "mechanical": "自動修正",
}
