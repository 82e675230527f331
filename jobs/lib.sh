# What every study in this folder shares; sourced by bash. A study calls
#
#     run APP [ARGUMENTS]             runs `ghostrow APP ARGUMENTS` by the launcher at hand, checks and records it
#     scale strong|weak [APP [ARGUMENTS]]    a scaling study of many such runs
#
# and one of these, from the environment or slurm/site.env, say how:
#
#   RANKS      processes (default: the allocation's tasks, or 1)
#   THREADS    threads of each (default: its CPUs, or 1)
#   OUT        where results go (default: out)
#   RUN        the run's folder in OUT (default: by app and job)
#   RESTART=1  go on from the checkpoint in OUT/RUN
#   LAUNCHER   srun, mpirun, ghostrow (this host only), or auto
#   MPI        openmpi or mpich
#   HOSTFILE   the hosts for mpirun
#   GHOSTROW   the program (default: ./ghostrow)
#
# A run leaves OUT/RUN/record.json and one row in OUT/runs.csv; a study leaves OUT/RUN/study.csv and a report. Exit
# codes are those of ghostrow, and 1 if the world was not of the size that was asked for.
cd "$here" || exit 1
. "${SITE_ENV:-slurm/site.env}" || exit 1

# Slurm calls its copy of every script slurm_script.
study=${0##*/}
[ "$study" != slurm_script ] || study=$SLURM_JOB_NAME
complain() { echo "$study: $*" >&2; }

job=${SLURM_ARRAY_JOB_ID:-${SLURM_JOB_ID:-${PBS_JOBID:-$(date +%Y%m%d-%H%M%S)-$$}}}
# PBS numbers the tasks of an array 17[0], 17[1].
job=${job//[][]/_}${SLURM_ARRAY_TASK_ID:+_$SLURM_ARRAY_TASK_ID}
tasks=${SLURM_NTASKS:-$([ -r "$PBS_NODEFILE" ] && grep -c . "$PBS_NODEFILE")}
RANKS=${RANKS:-${tasks:-1}}
THREADS=${THREADS:-${SLURM_CPUS_PER_TASK:-1}}
OUT=${OUT:-out}
GHOSTROW=${GHOSTROW:-./ghostrow}
HOSTFILE=${HOSTFILE:-$PBS_NODEFILE}
if [ "${LAUNCHER:-auto}" = auto ]; then
    LAUNCHER=ghostrow
    [ -z "$HOSTFILE" ] || LAUNCHER=mpirun
    [ -z "$SLURM_JOB_ID" ] || LAUNCHER=srun
fi

# Sets `start` to the words that start $RANKS ranks.
choose_start() {
    case $LAUNCHER in
        srun)
            start=(srun --mpi="$SRUN_MPI" --kill-on-bad-exit=1 --ntasks="$RANKS")
            # Fewer ranks than nodes are fine, but srun would warn.
            [ "$RANKS" = '{ranks}' ] || start+=(--nodes="$((RANKS < SLURM_NNODES ? RANKS : SLURM_NNODES))")
            # srun no longer takes this over from sbatch by itself.
            [ -z "$SLURM_CPUS_PER_TASK" ] || start+=(--cpus-per-task="$SLURM_CPUS_PER_TASK") ;;
        mpirun) start=("$MPIRUN" -np "$RANKS" $MPIRUN_OPTIONS ${HOSTFILE:+-hostfile "$HOSTFILE"}) ;;
        ghostrow) start=() ;;
        *) complain "LAUNCHER=$LAUNCHER: expected srun, mpirun, ghostrow or auto"; exit 2 ;;
    esac
}

# Batch systems signal this shell; the ranks hear of it through their launcher. Sets `code` and `stopped`; when the
# first signal came is the time of the file `stopping`.
supervise() {
    stopped=
    "$@" &
    local ranks=$! caught=1
    trap 'pass_on USR1' USR1
    trap 'pass_on TERM' TERM INT
    # A signal ends the wait, not the ranks.
    while [ -n "$caught" ]; do
        caught=
        wait "$ranks"
        code=$?
    done
    trap - USR1 TERM INT
}

pass_on() {
    [ -n "$stopped" ] || : > "$folder/stopping"
    caught=1 stopped=$1
    kill -s "$1" "$ranks" 2> /dev/null
}

# Whether a checkpoint was completed since the signal. Its first word is written last, by rank 0, when all ranks have
# agreed to write it and the rows of all have reached the disk. A state that is a snapshot already gets no checkpoint.
checkpointed() {
    local file
    [ ! "$folder/diffusion.vtkhdf" -nt "$folder/stopping" ] || return 0
    for file in "$folder"/checkpoint-*; do
        [ "$folder/stopping" -nt "$file" ] || [ "$(head -c 8 "$file" | tr -d '\0')" != GHOSTROW ] || return 0
    done
    return 1
}

# value NAME FILE: that entry of a record, without quotes; a list's members are put apart by spaces. Phases have
# names of their own, sum among them.
value() {
    tr '\n' ' ' < "$2" | sed 's/"phases" *: *{[^}]*}//' | grep -oE "\"$1\" *: *(\"([^\"\\\\]|\\\\.)*\"|\[[^]]*\]|[^],} ]+)" | head -1 \
        | sed -E 's/^"[^"]*" *: *//; s/^"(.*)"$/\1/; s/\\(.)/\1/g; /^\[/ { s/[]["]//g; s/ *, */ /g; }'
}

# add_row RECORD LAUNCHER COMMAND: rows of jobs that end at once must not mix, so the table itself is locked.
columns=(hosts commit app ranks threads transport kernel seconds pointsPerSecond sum digest)
add_row() {
    local row="$(date -u +%Y-%m-%dT%H:%M:%SZ),$job" name cell
    for name in "${columns[@]}"; do
        cell=$(value "$name" "$1")
        row+=",\"${cell//\"/\"\"}\""
    done
    row+=",${2##*/},${SLURM_RESTART_COUNT:-0},\"${3//\"/\"\"}\""
    {
        flock 9
        if [ ! -s "$OUT/runs.csv" ]; then
            (IFS=,; echo "date,job,${columns[*]},launcher,restarts,command" >&9)
        fi
        echo "$row" >&9
    } 9>> "$OUT/runs.csv"
}

# own WORD...: refuses the options by which jobs tell the program of their settings
own() {
    local word
    for word in "$@"; do
        case $word in
            --ranks* | --threads* | --json* | --out* | --repeats* | --launcher*)
                complain "$word: this is the job's own; set RANKS, THREADS, OUT, RUN, REPEATS or LAUNCHER before it"
                exit 2 ;;
        esac
    done
}

# Powers of two up to all the ranks there are, for scaling studies.
counts_to() {
    local n
    for ((n = 1; n < $1; n *= 2)); do echo "$n"; done
    echo "$1"
}

run() {
    local app=$1 folder=$OUT/${RUN:-$1-$job} words start code stopped record ranks checkpoints
    shift
    own "$@"
    record=$folder/record.json
    mkdir -p "$folder" || exit 1
    rm -f "$record" "$folder/stopping"
    words=("$GHOSTROW" "$app" "$@" --ranks "$RANKS" --threads "$THREADS" --json "$record")
    case $app in diffusion | mandelbrot) words+=(--out "$folder") ;; esac
    if [ -n "$RESTART" ] || [ "${SLURM_RESTART_COUNT:-0}" -gt 0 ]; then
        # A job that lost its node may have left files without a checkpoint: then it begins anew.
        checkpoints=("$folder"/checkpoint-*)
        if [ -e "${checkpoints[0]}" ]; then words+=(--restart)
        elif [ -n "$(ls "$folder")" ]; then words+=(--force); fi
    fi
    choose_start
    supervise "${start[@]}" "${words[@]}"

    # Once signalled a launcher may end with anything, whatever its ranks ended with: MPICH's with 0, Open MPI's with
    # a crash among ranks that leave. What they have left says what happened.
    if [ "$code" -ne 75 ] && [ -n "$stopped" ] && [ ! -s "$record" ] && checkpointed; then
        complain "the launcher ended with exit code $code, but the checkpoint is complete"
        code=75
    fi
    rm -f "$folder/stopping"
    if [ "$code" -eq 75 ] && [ "$stopped" = USR1 ] && [ -n "$SLURM_JOB_ID" ]; then
        complain "stopped with a checkpoint in $folder; job $SLURM_JOB_ID is queued again to go on"
        # The last thing that is sure to happen here.
        exec scontrol requeue "$SLURM_JOB_ID"
    fi
    if [ "$code" -eq 75 ]; then
        complain "stopped with a checkpoint; to go on: the same again with RESTART=1 RUN=${folder#"$OUT"/}"
        exit 75
    fi
    if [ "$code" -ne 0 ]; then
        complain "$app ended with exit code $code"
        [ "$LAUNCHER" != srun ] ||
            complain "it was started by srun --mpi=$SRUN_MPI; Open MPI needs --mpi=pmix, MPICH --mpi=pmi2"
        exit "$code"
    fi
    # srun has been seen to end with 0 although no rank, or N times one rank, ran.
    [ -s "$record" ] || { complain "$app ended with exit code 0 but left no record $record"; exit 1; }
    ranks=$(value ranks "$record")
    if [ "$ranks" != "$RANKS" ]; then
        complain "asked for $RANKS ranks, but $record tells of ${ranks:-none}"
        exit 1
    fi
    add_row "$record" "${start[0]:-ghostrow}" "$app $*"
}

scale() {
    local kind=$1 app=${2:-diffusion} counts=${COUNTS:-$(counts_to "$RANKS")} start
    shift $(($# < 2 ? 1 : 2))
    own "$@"
    RANKS={ranks}
    choose_start
    set -- "$app" "$@" --ranks "$(echo $counts | tr ' ' ,)" --threads "$(echo $THREADS | tr ' ' ,)"
    "$GHOSTROW" scale "$kind" "$@" --repeats "${REPEATS:-3}" --out "$OUT/${RUN:-$kind-$app-$job}" \
        --launcher "${start[*]:-ghostrow}"
}
