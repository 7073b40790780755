function __mltalks_complete
    set -l words (commandline -opc) (commandline -ct)
    mltalks __complete $words[2..-1] 2>/dev/null
end
# Not declared as options with files: fish would offer those of all commands to each of them.
function __mltalks_wants_file
    set -l words (commandline -opc) (commandline -ct)
    string match -qr -- '^(--data|--themes|--output|--html|-O)$' $words[-2]
    or string match -qr -- '^--(data|themes|output|html)=' $words[-1]
end
complete -c mltalks -f -a '(__mltalks_complete)'
complete -c mltalks -n '__fish_seen_subcommand_from validate import classify' -F
complete -c mltalks -n '__mltalks_wants_file' -F
