"""What `mltalks` and `mltalks help` print, in both languages."""

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
  lang:ja                    says something in Japanese (or en)
  has:slides                 slides, paper, video, summary, organization
  id:opml19-katib
  title:latency  summary:"question answering"   words in one field

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
  lang:ja                    日本語を含む（または en）
  has:slides                 slides, paper, video, summary, organization
  id:opml19-katib
  title:latency  summary:"question answering"   一つの項目の中の語

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
