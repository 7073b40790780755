_mltalks() {
    local line cur="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
    local whole before="" plain=""
    local -a words
    if [[ $cur == [\"\']* ]]; then
        # Within an open quote, bash has the whole word, and quotes the candidate itself.
        words=("${COMP_WORDS[@]:1:COMP_CWORD-1}" "$cur") plain=1
    else
        # Bash splits words at : and =: complete the whole word, then cut off what precedes its last part.
        local typed="${COMP_LINE:0:COMP_POINT}"
        IFS=$' \t' read -ra words <<< "$typed"
        [[ $typed == *[[:space:]] ]] && words+=("")
        words=("${words[@]//\\/}")
        whole="${words[${#words[@]}-1]}"
        [[ $whole == *:* && $COMP_WORDBREAKS == *:* ]] && before="${whole%:*}:"
        [[ $whole == --*=* && $COMP_WORDBREAKS == *=* ]] && before="${whole%%=*}="
        words=("${words[@]:1}")
    fi
    COMPREPLY=()
    while IFS=$'\t' read -r line _; do
        line="${line#"$before"}"
        [[ -n $plain ]] || { printf -v line '%q' "$line"; line="${line//\\,/,}"; }
        COMPREPLY+=("$line")
    done < <(mltalks __complete "${words[@]}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *: ]] && compopt -o nospace
    [[ ${#COMPREPLY[@]} == 0 ]] && compopt -o default
    return 0
}
complete -F _mltalks mltalks
