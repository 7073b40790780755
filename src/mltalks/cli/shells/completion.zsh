#compdef mltalks
_mltalks() {
    local value about
    local -a values abouts fields
    while IFS=$'\t' read -r value about; do
        if [[ $value == *: ]]; then fields+=("$value"); else
            values+=("$value"); abouts+=("$value${about:+  -- $about}")
        fi
    done < <(mltalks __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( ${#fields} )) && compadd -U -S '' -a fields
    (( ${#values} )) && compadd -U -l -d abouts -a values
    (( ${#fields} + ${#values} )) || _files
}
compdef _mltalks mltalks
