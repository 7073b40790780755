# Loads what `mltalks export --format opensearch` writes into OpenSearch, and asks it what the commands of mltalks are asked.
# In a shell: `. opensearch.sh`. Needs curl, jq and the address of the server in SERVER. docs/scaling.md explains it.

# talks_request METHOD PATH: sends standard input, prints the answer; fails with the server's message.
talks_request() {
    curl -sS --fail-with-body -X "$1" -H 'Content-Type: application/json' --data-binary @- "$SERVER/$2"
}

# talks_ask: asks the index for the body on standard input.
talks_ask() { talks_request POST mltalks/_search; }

# talks_load INDEX [FOLDER]: makes INDEX of index.json and talks.ndjson in FOLDER, then lets the alias mltalks name it. What
# was sent is not sent again if the function is called again after an error. BATCH sessions are sent at a time.
talks_load() (
    index=$1 folder=${2:-.}
    parts=$folder/$index.parts
    talks_request GET "$index/_count" < /dev/null > /dev/null 2>&1 || {
        settings=$(talks_settings "$folder/index.json") || exit
        printf '%s\n' "$settings" | talks_request PUT "$index" >&2 || exit
    }
    if [ ! -d "$parts" ]; then
        rm -rf "$parts.new" && mkdir "$parts.new" || exit
        split -a 4 -l $((2 * ${BATCH:-2000})) "$folder/talks.ndjson" "$parts.new/" && mv "$parts.new" "$parts" || exit
    fi
    while part=$(find "$parts" -type f | sort | head -n 1) && [ -n "$part" ]; do
        answer=$(talks_request POST "$index/_bulk?filter_path=errors,items.*._id,items.*.error" < "$part") || {
            printf '%s\n' "$answer" >&2
            exit 1
        }
        printf '%s\n' "$answer" | jq -er '.items[][] | select(.error) | "\(._id): \(.error.reason)"' >&2 && exit 1
        rm "$part"
    done
    talks_request POST "$index/_refresh" < /dev/null > /dev/null || exit
    found=$(talks_request GET "$index/_count" < /dev/null | jq .count)
    sent=$(($(wc -l < "$folder/talks.ndjson") / 2))
    if [ "$found" != "$sent" ]; then
        printf '%s has %s sessions instead of %s; the alias stays as it was\n' "$index" "$found" "$sent" >&2
        exit 1
    fi
    jq -n --arg index "$index" '{actions: [
        {remove: {index: "*", alias: "mltalks", must_exist: false}}, {add: {index: $index, alias: "mltalks"}}
    ]}' | talks_request POST _aliases >&2 && rmdir "$parts"
)

# talks_settings FILE: the body that creates the index; without the plugin analysis-kuromoji, with the analyzer cjk for Japanese.
talks_settings() {
    if answer=$(echo '{"tokenizer": "kuromoji_tokenizer", "text": ""}' | talks_request POST _analyze 2>&1); then
        cat "$1"
        return
    fi
    case $answer in
    *kuromoji_tokenizer*) ;;
    *)
        printf '%s\n' "$answer" >&2
        return 1
        ;;
    esac
    echo 'the server has no kuromoji_tokenizer; Japanese is analyzed with cjk' >&2
    jq '.settings.analysis |= (.analyzer.mltalks_ja = {type: "cjk"} | del(.tokenizer))' "$1"
}

# talks_body WORDS [FILTER...]: the body of a search for any of the words, the best session first.
talks_body() {
    words=$1
    shift
    jq -n --arg words "$words" '
        def within($fields): {multi_match: {query: $words, type: "cross_fields", fields: $fields}};
        ["heading^2", "everything"] as $english
        | within($english) as $said
        | ($said | .multi_match += {analyzer: "mltalks_synonyms", boost: 0.5}) as $meant
        | {
            query: {bool: {
                must: {bool: {should: [$said, within(["heading.ja^2", "everything.ja"]), $meant]}},
                should: [($meant | .multi_match += {operator: "and", boost: 1}), {match: {"names.themes.words": $words}}],
                filter: $ARGS.positional
            }},
            suggest: {text: $words, typos: {term: {
                field: "everything.words", suggest_mode: "missing", min_word_length: 5, prefix_length: 1, size: 1
            }}}
        }' --jsonargs "$@"
}

# talks_search WORDS [FILTER...]: the ten best sessions; a word that no session has is corrected first.
talks_search() (
    answer=$(talks_body "$@" | talks_ask) || exit
    meant=$(printf '%s\n' "$answer" | jq -r --arg words "$1" '
        reduce (.suggest.typos | reverse[] | select(.options != [])) as $typo
            ($words; .[:$typo.offset] + $typo.options[0].text + .[$typo.offset + $typo.length:])')
    if [ "$meant" != "$1" ]; then
        shift
        answer=$(talks_body "$meant" "$@" | talks_ask) || exit
    fi
    printf '%s\n' "$answer"
)

# talks_list FILTER...: the sessions that pass all filters, those of the latest edition first.
talks_list() {
    jq -n '{size: 10000, sort: [{"edition.start_date": "desc"}, "_doc"], query: {bool: {filter: $ARGS.positional}}}' \
        --jsonargs "$@" | talks_ask
}

# talks_count FIELD [FILTER...]: how many sessions have each value of a field.
talks_count() {
    field=$1
    shift
    jq -n --arg field "$field" '{size: 0, query: {bool: {filter: $ARGS.positional}}, aggs: {values: {terms:
        {field: $field, size: 10000, order: [{_count: "desc"}, {_key: "asc"}]}}}}' --jsonargs "$@" | talks_ask
}
