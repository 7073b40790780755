function __mltalks_complete
    set -l words (commandline -opc) (commandline -ct)
    mltalks __complete $words[2..-1] 2>/dev/null
end
complete -c mltalks -f -a '(__mltalks_complete)'
complete -c mltalks -n '__fish_seen_subcommand_from validate import classify' -F
complete -c mltalks -l data -r -F
complete -c mltalks -l themes -r -F
complete -c mltalks -s O -l output -r -F
complete -c mltalks -l html -r -F
