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
# In a folder of $fpath, this file is the function itself when it is first called.
if [[ $funcstack[1] == _mltalks ]]; then _mltalks "$@"; else compdef _mltalks mltalks; fi
