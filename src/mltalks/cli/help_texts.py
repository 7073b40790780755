"""What `mltalks`, `mltalks help` and `--help` print, in both languages.

The English of a command's help is its docstring and the texts of its options; here stands the Japanese of each.
"""

from mltalks.messages import Lang

OVERVIEW: dict[Lang, str] = {
    "en": """\
mltalks: talks about running machine learning in production

  mltalks search latency                      ranked talks, typos forgiven, in English and Japanese
  mltalks by-company Microsoft                what one company talks about
  mltalks themes                              the theme tree, with counts
  mltalks list 'year:2024.. has:slides'       every talk a query finds
  mltalks show opml19-katib                   all that is known of one talk
  mltalks search kafka --json | jq '.[].id'   for pipes

More: mltalks --help, mltalks help query
""",
    "ja": """\
mltalks: 本番環境の機械学習についての発表を探す

  mltalks search レイテンシ                   関連の深い順に検索（日英どちらでも、誤字も可）
  mltalks by-company マイクロソフト           ある組織の発表
  mltalks themes                              テーマの木と件数
  mltalks list 'year:2024.. has:slides'       条件に合う発表をすべて
  mltalks show opml19-katib                   一つの発表の詳細
  mltalks search kafka --json | jq '.[].id'   パイプで使う

詳しくは: mltalks --help、mltalks help query
""",
}

_QUERY_EN = """\
Every command that reads takes the same query.

  latency serving            both words, anywhere; longer words and other names of the same thing count too
  "feature store"            words side by side (quote for the shell: '"feature store"')
  kafka OR kubernetes        either; OR binds weaker than a space
  NOT kind:panel             not those; -kind:panel inside quotes for the shell
  (kafka OR spark) series:OpML

  company:google,meta        either company; its units count too
  theme:pipelines            a theme with its narrower ones, by id or label
  keyword:  speaker:  track: a keyword, speaker or track, or words of one
  event:opml19  series:OpML  an edition, or all editions of a series
  year:2019  year:2019..2021  year:2024..
  kind:paper                 paper, talk, keynote, panel, tutorial, poster
  lang:ja                    says something in Japanese (or en); language:fr was given in French
  has:slides                 slides, paper, video, summary, organization, note
  id:opml19-katib
  tag:survey  mark:to-watch  your own tags and marks (watched, to-watch)
  title:latency  summary:"question answering"  note:tuner   words in one field

Values may be in any case or width, under another name (MS, NTTデータ) or with a slip of the keyboard.
Put quotes around a value with spaces, or hyphens for its spaces: company:carnegie-mellon-university
"""
_QUERY_JA = """\
データを読むコマンドは、どれも同じ検索式を受け取ります。

  latency serving            両方の語を含む（場所は問わない。長い語や同じものの別名も可）
  "feature store"            隣り合う語（シェルでは '"feature store"'）
  kafka OR kubernetes        どちらか（OR は空白より弱く結び付く）
  NOT kind:panel             除く（シェルの引用符の中では -kind:panel とも書ける）
  (kafka OR spark) series:OpML

  company:google,meta        どちらかの組織（傘下も含む）
  theme:pipelines            テーマとその下位（id か名称）
  keyword:  speaker:  track: キーワード、講演者、トラック（一部の語でも可）
  event:opml19  series:OpML  会議の一回分、またはシリーズ全体
  year:2019  year:2019..2021  year:2024..
  kind:paper                 paper, talk, keynote, panel, tutorial, poster
  lang:ja                    日本語を含む（または en）。language:fr はフランス語での発表
  has:slides                 slides, paper, video, summary, organization, note
  id:opml19-katib
  tag:survey  mark:to-watch  自分のタグと印（watched、to-watch）
  title:latency  summary:"question answering"  note:tuner   一つの項目の中の語

値は大文字・小文字や全角・半角を問わず、別名（MS、NTTデータ）や打ち間違いでも構いません。
空白を含む値は引用符で囲むか、空白をハイフンにします: company:carnegie-mellon-university
"""
_FORMATS_EN = """\
-o, --format FORMAT (on a terminal the default is table, else plain)

  table    fitted to the terminal, with links
  plain    tab-separated, one record a line, no heading, nothing cut
  json     one array of objects; one object for a single session and for counts; --json for short
  jsonl    one object a line
  csv tsv  with a heading, all fields
  md       a GitHub table
  bibtex   sessions for a bibliography
  ids      the ids alone

--fields id,title,slides picks the fields and their order. 'mltalks schema' describes the JSON.
"""
_FORMATS_JA = """\
-o, --format 形式（端末では table、それ以外では plain が既定）

  table    端末の幅に合わせた表（リンク付き）
  plain    タブ区切り、1行1件、見出しなし、省略なし
  json     オブジェクトの配列（単一の発表と集計は一つのオブジェクト）。--json と同じ
  jsonl    1行に1オブジェクト
  csv tsv  見出し付き、全項目
  md       GitHub の表
  bibtex   文献目録用
  ids      id のみ

--fields id,title,slides で項目と順序を選べます。JSON の形は 'mltalks schema' を参照。
"""
_EXIT_CODES_EN = """\
0    done, also when nothing was found (with --exit-status that is 1)
1    failure
2    usage: a query or option that cannot be read
3    data not valid
4    no such session, company, theme or event
130  interrupted
"""
_EXIT_CODES_JA = """\
0    正常（見つからない場合も。--exit-status を付けると 1）
1    失敗
2    検索式やオプションの誤り
3    データの誤り
4    その発表・組織・テーマ・会議はない
130  中断
"""

TOPICS: dict[str, dict[Lang, str]] = {
    "query": {"en": _QUERY_EN, "ja": _QUERY_JA},
    "formats": {"en": _FORMATS_EN, "ja": _FORMATS_JA},
    "exit-codes": {"en": _EXIT_CODES_EN, "ja": _EXIT_CODES_JA},
}

# The Japanese of every paragraph of a command's docstring and of every text of an argument or option.
HELP_JAPANESE: dict[str, str] = {
    "Usage": "使い方",
    "Arguments": "引数",
    "Options": "オプション",
    "Commands": "コマンド",
    "Show this message and exit.": "この説明を表示します。",
    "Print the version.": "版を表示します。",
    "Find talks about running machine learning in production, in English and Japanese.": (
        "本番環境の機械学習についての発表を、日本語と英語で探します。"
    ),
    "Exit codes: 0 done, 1 failure, 2 usage, 3 data not valid, 4 no such session, company, theme or event, "
    "130 interrupted.": (
        "終了コード: 0 正常、1 失敗、2 検索式やオプションの誤り、3 データの誤り、4 その発表・組織・テーマ・会議はない、130 中断。"
    ),
    # options that several commands have
    "Words and filters; see 'mltalks help query'.": "語と条件。'mltalks help query' を参照。",
    "At most N records; 0 for all. On a terminal only the first are shown.": (
        "最大N件。0 ですべて。端末では最初の分だけを表示します。"
    ),
    "Exit with 1 when nothing is found.": "見つからないとき、終了コードを 1 にします。",
    "How to print; 'table' on a terminal, else 'plain'.": "出力の形式。端末では 'table'、それ以外では 'plain'。",
    "The same as -o json.": "-o json と同じ。",
    "Print these fields, in this order.": "これらの項目を、この順に出力します。",
    "Language of labels, headings and messages.": "名称、見出し、メッセージの言語。",
    "No talk on standard error, errors apart.": "エラー以外は標準エラー出力に何も書きません。",
    "Colour in tables; 'auto' on a terminal.": "表の色。'auto' なら端末でのみ。",
    "Also load this TOML file or folder; repeatable.": "この TOML ファイルかフォルダも読み込みます（複数可）。",
    # themes as they are given
    "Say why a session is filed under its themes: who or what says so, and by which phrases.": (
        "発表がそのテーマに分類された理由（誰が、どの語句で）を示します。"
    ),
    "Themes that came near, and those that were rejected, are told too.": "近かったテーマと、外したテーマも示します。",
    "File a list of your own under the themes, with the phrases that say so.": (
        "自分の一覧をテーマに分類し、根拠の語句を示します。"
    ),
    "Titles a line, or a format that import reads; - for standard input.": (
        "1行1題名、または import で読める形式。- で標準入力。"
    ),
    "Print TOML to paste into a file of your own.": "自分のファイルに貼れる TOML を出力します。",
    "File a session under a theme, whatever is inferred: your decision, kept in your own file.": (
        "推定にかかわらず、発表をテーマに分類します。判断は自分のファイルに残ります。"
    ),
    "Keep a session out of a theme, whatever is inferred: your decision, kept in your own file.": (
        "推定にかかわらず、発表をテーマから外します。判断は自分のファイルに残ります。"
    ),
    "A theme, by id or label.": "テーマ。id か名称。",
    "List your decisions on themes, the latest last, or take the last one back.": (
        "テーマについての自分の判断を古い順に並べます。最後の判断を取り消すこともできます。"
    ),
    "Take the last decision back.": "最後の判断を取り消します。",
    "Show what the theme tree lacks, over the sessions of a query.": (
        "検索式に合う発表について、テーマの木に足りないものを示します。"
    ),
    "Sessions without a theme or under a broad one only, phrases that no theme has, themes too big, nearly empty or alike: "
    "all as inference alone would file them, whatever is curated.": (
        "テーマのない発表や上位テーマだけの発表、どのテーマにもない語句、大きすぎる・ほぼ空の・似ているテーマ。"
        "人手の分類にかかわらず、推定だけで分類した場合を示します。"
    ),
    "How many sessions have curated, inferred or decided themes.": (
        "人手・推定・自分の判断でテーマが付いた発表の数。"
    ),
    "File all talks under the themes of this file, TOML or SKOS.": (
        "すべての発表を、このファイル（TOML か SKOS）のテーマに分類します。"
    ),
    # other programs
    "Write to this file, whole or not at all; - for standard output.": (
        "このファイルに書きます（途中までになることはありません）。- なら標準出力。"
    ),
    "Write over a file that is there.": "既にあるファイルに上書きします。",
    # a person's own data
    "Look for what is wrong: duplicates, spellings, odd or dead links, missing facts.": (
        "重複、表記の揺れ、おかしなリンクや切れたリンク、不足している情報を調べます。"
    ),
    "Each finding comes with the command that mends it, the most important first; of each kind a terminal shows the first ten.": (
        "指摘ごとに、それを直すコマンドを重要な順に示します。端末では種類ごとに最初の10件を表示します。"
    ),
    "Also ask every link whether it is still there: goes to the network.": (
        "すべてのリンクが生きているかも確認します（ネットワークに接続します）。"
    ),
    "Mend what is mechanical: needless spaces, HTML entities, tracking in links.": (
        "機械的に直せるものを直します: 不要な空白、HTML の文字参照、リンクの追跡用パラメータ。"
    ),
    "Exit with 1 when something looks wrong.": "問題がありそうなら終了コード 1 を返します。",
    "'show' shows it, 'note:' finds it, 'export' leaves it out unless asked.": "'show' で表示、'note:' で検索できます。'export' は指定しない限り含めません。",
    "A change, to see what it did.": "内容を見たい変更の番号。",
    "A keyword in Japanese; repeatable.": "日本語のキーワード（複数可）。",
    "A keyword; repeatable.": "キーワード（複数可）。",
    "A list replaces the one before. Without options, your own record opens in your editor.": "リストは前のものと入れ替わります。オプションがなければ、自分の記載をエディタで開きます。",
    "A name as it is printed.": "表記された名前。",
    "A note of your own.": "自分のメモ。",
    "A speaker; repeatable.": "講演者（複数可）。",
    "A summary in Japanese.": "日本語の概要。",
    "A summary.": "概要。",
    "A tag of your own; repeatable.": "自分のタグ（複数可）。",
    "A theme, by id or label; repeatable.": "テーマの id か名称（複数可）。",
    "Add a session to your own data and print its id.": "自分のデータに発表を加え、その id を表示します。",
    "Add what seems to be there already, too.": "既にあると思われるものも加えます。",
    "An organization; repeatable.": "組織（複数可）。",
    "Bring sessions from files of other programs into your own data.": "他のプログラムのファイルから、発表を自分のデータに取り込みます。",
    "Change what is known of a session: your word is laid over the shipped one, field by field.": "発表の内容を変更します。自分の記載が、付属のものに項目ごとに重なります。",
    "Do not ask.": "確認しません。",
    "Fetch it from there, by https.": "そこから https で取得します。",
    "Files or folders; - for standard input.": "ファイルかフォルダ。- で標準入力。",
    "Give a session tags of your own, or take them away.": "発表に自分のタグを付け、または外します。",
    "How long it took.": "長さ（分）。",
    "How to write; else the ending of the file tells, else toml.": "書き出す形式。なければファイルの拡張子、それもなければ toml。",
    "In the place of the note that is there.": "今あるメモと入れ替えます。",
    "Its id; else one is made of event and title.": "id。なければ会議と題名から作ります。",
    "List the changes of your own data, the latest first, or show what one of them did.": "自分のデータの変更を新しい順に並べます。または一つの変更の内容を示します。",
    "List what would be added, changed and skipped, and change nothing.": "追加・変更・除外されるものを並べ、何も変更しません。",
    "Mark a session as watched, or to watch.": "発表に、見た・これから見るの印を付けます。",
    "On a terminal, what is missing is asked for.": "端末では、足りないものを尋ねます。",
    "One of paper, talk, keynote, panel, tutorial, poster.": "paper、talk、keynote、panel、tutorial、poster のいずれか。",
    "Print what would change, and change nothing.": "変更内容を表示し、何も変更しません。",
    "Read are csv, tsv, json, jsonl, toml, bibtex, ris, ical, pyvideo (a folder, too), virtual conference sites, schedule (pretalx, frab), dblp and rubyevents. What is not taken is listed with the reason; then the exit code is 3. With --themes and no file: turn a SKOS thesaurus into a theme tree of TOML.": "読めるもの: csv、tsv、json、jsonl、toml、bibtex、ris、ical、pyvideo（フォルダも）、バーチャル会議サイト、schedule（pretalx、frab）、dblp、rubyevents。取り込まないものは理由とともに並べ、終了コードは 3 です。--themes だけなら、SKOS のシソーラスを TOML のテーマの木にします。",
    "Remove a session of your own, or what you have laid over a shipped one.": "自分の発表、または付属の発表に重ねた自分の記載を削除します。",
    "Say that a printed name stands for an organization, so that it is counted and found as that.": "表記された名前がどの組織を指すかを決め、その組織として数え、検索できるようにします。",
    "Show everything that is known of one session, and the file and line that each field comes from.": "一つの発表について分かっていることすべてと、各項目が書かれたファイルと行を表示します。",
    "Take the last change of your own data back; again, the one before.": "自分のデータの最後の変更を取り消します。もう一度実行すると、その前の変更を取り消します。",
    "Take the note away.": "メモを消します。",
    "Take these tags away; without any, all of them.": "これらのタグを外します。なければすべて外します。",
    "Take this field away; repeatable.": "この項目を消します（複数可）。",
    "The DOI of the paper.": "論文の DOI。",
    "The column or key of a field; repeatable.": "項目に対応する列やキー（複数可）。",
    "The day, or day and time, as 2024-05-20 or 2024-05-20T10:30.": "日付、または日時。2024-05-20 か 2024-05-20T10:30 のように。",
    "The encoding of the text, as cp932.": "文字コード。cp932 など。",
    "The event of all, by id or name; a new one by name and year.": "全件の会議。id か名称、新しい会議は名称と年。",
    "The event's own heading.": "会議でのトラック名。",
    "The event, by id or name; a new one by name and year.": "会議。id か名称、新しい会議は名称と年。",
    "The language it was given in, as a code like en or ja.": "発表の言語。en や ja などの符号。",
    "The organization it stands for, by any of its names.": "その名前が指す組織。どの名前でも構いません。",
    "The title.": "題名。",
    "What it is; else it is told by its own marks.": "形式。なければ内容から判断します。",
    "What to note; - reads it; without it, your editor opens.": "メモの内容。- で標準入力。なければエディタを開きます。",
    "Where you have it from.": "出典。",
    "With bibtex, ris and ical: add fields that only mltalks reads, so that import gives back all.": "bibtex、ris、ical に mltalks だけが読む項目を加え、取り込みですべて戻るようにします。",
    "With opensearch: write the index that the documents go into there.": "opensearch で、文書を入れる索引の定義を書くファイル。",
    "Words of your own.": "自分で決めた語。",
    "Write a note of your own on a session, under the one that is there.": "発表に自分のメモを書き加えます。",
    "Write it in your editor ($VISUAL, $EDITOR).": "エディタ（$VISUAL、$EDITOR）で書きます。",
    "Write the sessions of a query for other programs, or the theme tree as SKOS with the sessions counted.": "検索式に合う発表を他のプログラム用に、またはテーマの木を件数付きの SKOS で書き出します。",
    "Your notes, too.": "自分のメモも含めます。",
    "toml, json, jsonl, csv and tsv give back the same sessions when they are imported; ris, ical and bibtex what they hold, and with --roundtrip all.": "toml、json、jsonl、csv、tsv は取り込むと同じ発表に戻ります。ris、ical、bibtex は表せる範囲で戻り、--roundtrip を付けるとすべて戻ります。",
    "watched, to-watch, or none to take the mark away.": "watched（見た）、to-watch（これから見る）、none（印を消す）。",
    # search, list and the short forms
    "Find sessions, the likeliest first.": "発表を、関連の深い順に検索します。",
    "Typos are forgiven and said so; Japanese finds English and back. Every hit tells why it is there.": (
        "打ち間違いは補って知らせます。日本語で英語の発表も、英語で日本語の発表も見つかります。各件に理由が付きます。"
    ),
    "The words as typed: no other forms, names or typos.": "書いた語そのもの。活用、別名、打ち間違いは考慮しません。",
    "List all sessions that a query finds, in the order of the files.": (
        "検索式に合う発表をすべて、ファイルの順に並べます。"
    ),
    "List the sessions of a company, university or lab, its units included.": (
        "企業・大学・研究所の発表を、傘下も含めて並べます。"
    ),
    "A company, university or lab, by any of its names.": "企業・大学・研究所。どの名前でも構いません。",
    "List the sessions filed under a theme or its narrower ones.": "テーマとその下位テーマの発表を並べます。",
    "A theme, by id or label; narrower themes count too.": "テーマの id か名称。下位テーマも含みます。",
    "List the sessions that have a keyword.": "キーワードを持つ発表を並べます。",
    "A keyword, or words of one.": "キーワード、またはその一部の語。",
    "List the sessions of a speaker.": "講演者の発表を並べます。",
    "A speaker's name, or a part of it.": "講演者の名前、またはその一部。",
    "List the sessions of an event.": "会議の発表を並べます。",
    "An event, by id or name.": "会議の id か名称。",
    # the survey
    "Survey editions, a company or a theme: who, what, when, and how far it is known.": (
        "会議、組織、テーマなどを一度に調べます。誰が、何を、いつ、どこまで分かっているか。"
    ),
    "Write one page for a browser into this file, with a search over the sessions.": (
        "ブラウザ用の1ページをこのファイルに書きます。発表の検索も付きます。"
    ),
    "On a terminal the first 10 of each list are shown. The page works offline, in English and Japanese, and asks nothing of "
    "any server.": (
        "端末では各一覧の最初の10件を表示します。ページはオフラインで、日英両方で使え、どのサーバーにも接続しません。"
    ),
    # one session
    "A session's id, as lists print it.": "発表の id。一覧に表示されるもの。",
    "Open a session in the browser; off a terminal, or in a format that is asked for, print the address.": (
        "発表をブラウザで開きます。端末以外では、または形式を指定すると、アドレスを出力します。"
    ),
    "Without an option, the first there is of page, paper, slides and video.": (
        "オプションがなければ、ページ、論文、スライド、動画のうち最初にあるもの。"
    ),
    "The session's page.": "発表のページ。",
    "The slides.": "スライド。",
    "The paper.": "論文。",
    "The recording.": "動画。",
    "List the sessions nearest to one, with what they share: themes, keywords, rare words, organizations, speakers.": (
        "ある発表に近い発表を、共通点（テーマ、キーワード、珍しい語、組織、講演者）とともに並べます。"
    ),
    # surveys
    "Count the members of committees by organization.": "委員を組織ごとに数えます。",
    "Events, by id or name; without any, all whose members are known.": (
        "会議の id か名称（複数可）。なければ、委員が分かる会議すべて。"
    ),
    "List the members, not the organizations.": "組織ではなく委員の一覧を表示します。",
    "A member with two roles has two seats and counts once among the members; one with two organizations counts under each. "
    "Shares are of all seats.": (
        "役職が二つある委員は、席では2、人数では1と数えます。所属が二つある委員は両方に数えます。割合は全席に対するものです。"
    ),
    "Show what is new, rising, fading and gone over the years.": "年ごとに、新出、増加、減少、消滅したものを表示します。",
    "What to follow: theme, company, keyword, kind, series…": "調べるもの。theme、company、keyword、kind、series など。",
    "Judge only values with at least N sessions.": "N件以上ある値だけを判定します。",
    "Print sessions, not shares of the year's sessions.": "その年の発表に占める割合ではなく、件数を表示します。",
    "Judge years of which not enough is known, too.": "発表が揃っていない年も判定します。",
    "Each value's share of the year's sessions is tested by the Cochran-Armitage trend test, adjusted for many tests by "
    'Benjamini-Hochberg; a change is told at a false discovery rate of 5 %, and "steady" means that none was shown. Judged are '
    "years whose events are known whole or nearly, and of whose sessions 4 of 5 have a value of the facet.": (
        "その年の発表に占める割合を Cochran-Armitage の傾向検定で調べ、Benjamini-Hochberg 法で多重検定を補正します。"
        "偽発見率5%で変化とみなし、「変化なし」は変化が示されなかったことを表します。"
        "判定するのは、会議の発表がほぼ揃い、5件中4件以上で値が分かる年です。"
    ),
    "Compare two events, companies, themes or any two queries: what both have, what one has, what one has more of.": (
        "二つの会議、組織、テーマ、または検索式を比べます。共通のもの、一方だけのもの、一方に特に多いもの。"
    ),
    "An event, series, company or theme, or a query in quotes.": "会議、シリーズ、組織、テーマ、または引用符で囲んだ検索式。",
    "What to compare it with.": "比べる相手。",
    "Over-represented: a log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008) of |z| 2.58 or "
    "more, with three sessions at least. Of each facet the first N are printed.": (
        "特に多いとみなすのは、情報のあるディリクレ事前分布による対数オッズ比（Monroe, Colaresi, Quinn 2008）の |z| が 2.58 以上で、"
        "3件以上あるものです。種別ごとに最初のN個を表示します。"
    ),
    # counts
    "Show the theme tree with its counts, or one theme with its sessions.": (
        "テーマの木と件数、または一つのテーマとその発表を表示します。"
    ),
    "A theme to look at, a query to count over, or both.": "見たいテーマ、数える範囲の検索式、またはその両方。",
    "A theme counts the sessions of its narrower themes, each once.": (
        "テーマの件数は、下位テーマの発表を重複なく含みます。"
    ),
    "Count sessions by company, university and lab.": "企業・大学・研究所ごとに発表を数えます。",
    "A unit counts under what it is part of, too: Microsoft Research under Microsoft.": (
        "傘下の組織は上位の組織にも数えます（Microsoft Research は Microsoft にも）。"
    ),
    "Count sessions by keyword.": "キーワードごとに発表を数えます。",
    "Count sessions by speaker.": "講演者ごとに発表を数えます。",
    "Count sessions by event.": "会議ごとに発表を数えます。",
    # cross-tables
    "Count sessions by two facets at once: a row for each value of one, a column for each of the other.": (
        "二つのファセットの組ごとに発表を数えます。一方の値が行、もう一方の値が列になります。"
    ),
    "A session with two themes counts under both; totals count it once, also where it has no value of the other facet, so that neither rows nor columns need to add up to them. theme/own and company/own leave out what follows from narrower themes and units. JSON holds the cells with the ids of their sessions.": (
        "テーマが二つある発表は両方に数えます。合計では、もう一方の値がないものも含めて一回だけ数えるので、行や列の和とは限りません。theme/own と company/own は、下位テーマや部門から来る分を除きます。JSON には各セルの発表の id が入ります。"
    ),
    "The facet of the rows, as company or theme.": "行のファセット。company や theme など。",
    "The facet of the columns.": "列のファセット。",
    "Percent of the sessions of the row, of the column or of all.": "行、列、または全体の発表に対する百分率。",
    "Also the total of each row and column, every session once.": "行と列の合計も表示します（各発表を一回だけ数えます）。",
    "The N rows and N columns with most sessions; years are all kept.": (
        "発表の多い N 行と N 列。年はすべて残します。"
    ),
    "Rows and columns with at least N sessions; years are all kept.": "発表が N 件以上の行と列。年はすべて残します。",
    "The table once for each year.": "年ごとに表を作ります。",
    "The sessions of each cell, a line each.": "各セルの発表を一行ずつ並べます。",
    # mltalks itself
    "Check data files and list every problem with its file and line.": (
        "データファイルを検査し、すべての問題をファイル名と行とともに並べます。"
    ),
    "TOML or SKOS files, or folders; without any, all that is loaded.": (
        "TOML か SKOS のファイル、またはフォルダ。なければ、読み込まれるものすべて。"
    ),
    "Exits with 3 when there is an error; a warning alone is no error.": (
        "エラーがあれば終了コード 3。警告だけならエラーではありません。"
    ),
    "Print the JSON Schema of what --json prints.": "--json の出力の JSON Schema を表示します。",
    "Which output; without it, all are listed.": "どの出力か。なければ一覧を表示します。",
    "Print where mltalks reads data and keeps a person's own files.": (
        "データの場所と、自分用のファイルの場所を表示します。"
    ),
    "MLTALKS_DATA, MLTALKS_CONFIG and MLTALKS_CACHE move a person's own.": (
        "MLTALKS_DATA、MLTALKS_CONFIG、MLTALKS_CACHE で自分用の場所を変えられます。"
    ),
    "Compile all that is loaded into one file in the cache, so that every command starts at once.": (
        "読み込むものすべてをキャッシュの一つのファイルにまとめ、どのコマンドもすぐに起動するようにします。"
    ),
    "Small catalogues are compiled by themselves when they are first asked.": (
        "小さなものは、最初に使うときに自動でまとめられます。"
    ),
    "Remove all compiled indexes.": "まとめたファイルをすべて削除します。",
    "Print the completion script of a shell: commands, options, fields, and values of the data.": (
        "シェルの補完スクリプトを表示します。コマンド、オプション、項目、データの値を補完します。"
    ),
    "bash, zsh or fish.": "bash、zsh、fish のいずれか。",
    "Explain the query language, the formats, the exit codes, or a command.": (
        "検索式、形式、終了コード、またはコマンドを説明します。"
    ),
    "query, formats, exit-codes, or a command.": "query、formats、exit-codes、またはコマンド名。",
}
