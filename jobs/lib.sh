# What every study in this folder shares; sourced by bash. A study calls
#
#     run APP [ARGUMENTS]             runs `ghostrow APP ARGUMENTS` by the launcher at hand, checks and records it
#     scale strong|weak [APP [ARGUMENTS]]    a scaling study of many such runs
#
# and one of these, from the environment or slurm/site.env, say how:
#
#   RANKS         processes (default: the allocation's tasks, one a node where it names none, or 1)
#   THREADS       threads of each (default: its CPUs, or 1)
#   OUT           where results go (default: out, in the folder from which the job was submitted)
#   RUN           the run's folder in OUT (default: by app and job)
#   RESTART=1     go on from what is in OUT/RUN
#   LAUNCHER      srun, mpirun, ghostrow (this host only), auto, or a line with {ranks} and {threads} in it
#   MPI           openmpi or mpich
#   SRUN_MPI      what srun must speak to it; empty: srun is not told (default: SLURM_MPI_TYPE, or by MPI)
#   SRUN_OPTIONS, MPIRUN, MPIRUN_OPTIONS    more words for srun; the program mpirun and more words for it
#   HOSTFILE      the hosts for mpirun
#   GHOSTROW      the program (default: the one that these scripts came with)
#   SITE_ENV      the site's settings (default: slurm/site.env)
#
# A run leaves OUT/RUN/record.json and one row in OUT/runs.csv; a study leaves OUT/RUN/study.csv and a report. Exit
# codes are those of ghostrow, and 1 if the world was not of the size that was asked for.
here=$(CDPATH= cd -- "$here" && pwd) || exit 1

# Slurm calls its copy of every script slurm_script.
study=${0##*/}
[ "$study" != slurm_script ] || study=$SLURM_JOB_NAME
complain() { echo "$study: $*" >&2; }

# Sets `site` to the site's settings: a copy of the template, made at first use, so that updates leave it alone. Where
# Ghostrow's folder is not ours to write the template serves as it is.
find_site() {
    local new
    site=${SITE_ENV:-$here/slurm/site.env}
    [ -z "$SITE_ENV" ] && [ ! -e "$site" ] || return
    # Jobs that start at once must not find half a file.
    if new=$(mktemp "$site.XXXXXX" 2> /dev/null) && cat "$site.template" > "$new" && chmod 644 "$new"; then
        mv -n "$new" "$site"
        rm -f "$new"
        complain "made $site from its template: the one file to edit for this site"
    else
        site=$site.template
    fi
}
find_site
. "$site" || { complain "$site: the site's settings cannot be read"; exit 1; }

# Slurm's own choice of a fence lets ranks out of MPI_Init while those of other nodes cannot take a message yet: now
# and then one of these ends with SIGSEGV.
export SLURM_PMIX_FENCE=${SLURM_PMIX_FENCE:-ring}

# An mpirun that looks where GPUs are loads their drivers, some of which take its signals: it would not pass on any.
export HWLOC_COMPONENTS=${HWLOC_COMPONENTS:--opencl}

# PBS starts jobs in the user's home.
[ -z "$PBS_O_WORKDIR" ] || [ "$PWD" != "$HOME" ] || cd "$PBS_O_WORKDIR" || exit 1

job=${SLURM_ARRAY_JOB_ID:-${SLURM_JOB_ID:-${PBS_JOBID:-${LSB_JOBID:-$(date +%Y%m%d-%H%M%S)-$$}}}}
# PBS numbers the tasks of an array 17[0], 17[1]; LSF counts from 1, and 0 is a job that is no array's.
job=${job//[][]/_}${SLURM_ARRAY_TASK_ID:+_$SLURM_ARRAY_TASK_ID}
[ "${LSB_JOBINDEX:-0}" -eq 0 ] || job+=_$((LSB_JOBINDEX - 1))

# How many ranks the batch system has given us room for; nothing outside of one. One rank where many were paid for
# must not go unnoticed.
hosts=${PBS_NODEFILE:-$LSB_DJOB_HOSTFILE}
tasks=
if [ -n "$SLURM_JOB_ID" ]; then
    # Without a number of tasks srun too starts one a node.
    tasks=${SLURM_NTASKS:-$((${SLURM_NNODES:-1} * ${SLURM_NTASKS_PER_NODE:-1}))}
    hosts=
elif [ -n "$PBS_JOBID$LSB_JOBID" ]; then
    if [ -r "$hosts" ]; then
        tasks=$(grep -c . "$hosts")
    elif [ "${LSB_DJOB_NUMPROC:-2}" -gt 1 ] && [ -z "$RANKS" ]; then
        complain "the list of hosts of this job (${hosts:-PBS_NODEFILE or LSB_DJOB_HOSTFILE}) cannot be read:" \
            "set RANKS, and LAUNCHER or HOSTFILE"
        exit 2
    fi
else
    for system in Flux:FLUX_URI Flux:FLUX_JOB_ID 'Grid Engine:PE_HOSTFILE' OAR:OAR_JOB_ID Cobalt:COBALT_JOBID; do
        name=${system#*:}
        if [ -n "${!name}" ] && { [ -z "$RANKS" ] || [ "${LAUNCHER:-auto}" = auto ]; }; then
            complain "this is a job of ${system%:*}, whose hosts jobs/ cannot tell: set RANKS, and LAUNCHER to what" \
                "starts them, like LAUNCHER='flux run -n {ranks} -c {threads}'"
            exit 2
        fi
    done
fi
wanted=$RANKS
RANKS=${RANKS:-${tasks:-1}}
THREADS=${THREADS:-${SLURM_CPUS_PER_TASK:-1}}
OUT=${OUT:-out}
GHOSTROW=${GHOSTROW:-$here/ghostrow}
HOSTFILE=${HOSTFILE:-$hosts}
if [ "${LAUNCHER:-auto}" = auto ]; then
    LAUNCHER=ghostrow
    [ -z "$HOSTFILE" ] || LAUNCHER=mpirun
    [ -z "$SLURM_JOB_ID" ] || LAUNCHER=srun
fi

# room CPUS: sets `nodes` to how many of the job's, from the first on, hold $RANKS ranks of so many CPUs each: few, so
# that as many messages as can be stay inside a node. No more tasks go to a node than were asked for there.
room() {
    local list=$SLURM_JOB_CPUS_PER_NODE slots=1 found=0 part times
    if [ -n "$SLURM_NTASKS$SLURM_NTASKS_PER_NODE" ]; then
        list=$SLURM_TASKS_PER_NODE slots=${SLURM_CPUS_PER_TASK:-1}
    elif [ -z "$wanted" ]; then
        # One a node, as srun has it.
        nodes=$SLURM_NNODES
        return
    fi
    nodes=0
    for part in ${list//,/ }; do
        times=1
        [[ $part != *'(x'* ]] || { times=${part#*'(x'} times=${times%')'} part=${part%%'('*}; }
        for ((; times > 0; times--)); do
            nodes=$((nodes + 1)) found=$((found + part * slots / $1))
            [ "$found" -lt "$RANKS" ] || return 0
        done
    done
    return 1
}

# bind_to WHAT: by the words for srun, in `start`; it complains of them where the cluster cannot bind
bind_to() { ! scontrol show config 2> /dev/null | grep -q '^TaskPlugin .*affinity' || start+=(--cpu-bind="$1"); }

# Sets `start` to the words that start $RANKS ranks.
choose_start() {
    local cpus=$THREADS nodes
    case $LAUNCHER in
        srun)
            start=(srun ${SRUN_MPI:+--mpi="$SRUN_MPI"} --kill-on-bad-exit=1 --ntasks="$RANKS")
            [ "${SLURM_CPUS_PER_TASK:-1}" -le "$cpus" ] || cpus=$SLURM_CPUS_PER_TASK
            # Outside of a job srun asks for nodes itself.
            if [ -z "$SLURM_NNODES" ]; then
                start+=(--cpus-per-task="$cpus")
                bind_to cores
            elif room "$cpus"; then
                start+=(--nodes="$nodes" --cpus-per-task="$cpus")
                bind_to cores
            else
                # Ranks share CPUs, and some threads would be bound away from free ones. Fewer ranks than nodes are
                # fine, but srun would warn.
                start+=(--nodes="$((RANKS < SLURM_NNODES ? RANKS : SLURM_NNODES))")
                bind_to none
                # srun no longer takes this over from sbatch by itself.
                [ -z "$SLURM_CPUS_PER_TASK" ] || start+=(--cpus-per-task="$SLURM_CPUS_PER_TASK")
            fi
            start+=($SRUN_OPTIONS) ;;
        mpirun) start=("$MPIRUN" -np "$RANKS" $MPIRUN_OPTIONS ${HOSTFILE:+-hostfile "$HOSTFILE"}) ;;
        ghostrow) start=() ;;
        *'{ranks}'*)
            start=(${LAUNCHER//'{ranks}'/$RANKS})
            start=("${start[@]//'{threads}'/$THREADS}") ;;
        *)
            complain "LAUNCHER=$LAUNCHER: expected srun, mpirun, ghostrow, auto, or a line with {ranks} in it"
            exit 2 ;;
    esac
}

# supervise SIGNAL COMMAND...: batch systems signal this shell; the ranks hear of it through their launcher, by the
# signal itself or, where SIGNAL is not empty, by that one. Sets `code`, `stopped`, and `signalled`, the second of the
# first signal; its exact time is that of the file `stopping`.
stopped=
supervise() {
    local as=$1 child caught=1
    shift
    # LSF sends USR2 ten minutes before it kills.
    trap 'pass_on USR1' USR1
    trap 'pass_on TERM' TERM INT USR2
    "$@" &
    child=$!
    # A signal ends the wait, not the ranks.
    while [ -n "$caught" ]; do
        caught=
        wait "$child"
        code=$?
    done
    # The traps stay: a signal that comes too late for this run is noted, and does not cut off what is written of it.
}

pass_on() {
    if [ -z "$stopped" ]; then
        signalled=$(date +%s)
        [ -z "$folder" ] || : > "$folder/stopping"
    fi
    caught=1 stopped=$1
    [ -z "$child" ] || kill -s "${as:-$1}" "$child" 2> /dev/null
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

# lead TOOK LEFT: to stop took so many seconds of those that were left when the signal came
lead() {
    [ $(($1 * 2)) -gt "$2" ] || return
    complain "to stop took $1 of the $2 seconds that were left when the signal came: ask for it earlier," \
        "by sbatch --signal=B:USR1@$(($1 * 4))"
}

# Whether what a run has done until the signal is kept; a sweep's and a farm's journal always is.
kept() {
    case $app in
        sweep | farm) [ -d "$folder/journal" ] ;;
        *) checkpointed ;;
    esac
}

# Whether Slurm itself queues this job again when it ends now: since 24.11 it does so with one that gives way to a
# higher partition. Asked for it as well, it would do it once more when the job has finished.
slurm_requeues() {
    [ "$(printf '%s\n' 24.11 "$(scontrol --version | sed 's%[^0-9]*\([0-9.]*\).*%\1%')" | sort -V | head -n 1)" = 24.11 ] &&
        scontrol show job "$SLURM_JOB_ID" | grep -q 'PreemptTime=[0-9]' &&
        scontrol show config | grep -q '^PreemptType .*partition_prio' &&
        scontrol show partition "$SLURM_JOB_PARTITION" | grep -q 'PreemptMode=.*REQUEUE'
}

# stopped_well WHERE REST: ends a job that was told to stop and can go on; within Slurm, and if Slurm said so in good
# time, by queueing it again. REST are the words by which a person has it go on.
stopped_well() {
    if [ "$stopped" = USR1 ] && [ -n "$SLURM_JOB_ID" ]; then
        complain "stopped $1; job $SLURM_JOB_ID is queued again to go on"
        ! slurm_requeues || exit 75
        # The last thing that is sure to happen here.
        exec scontrol requeue "$SLURM_JOB_ID"
    fi
    complain "stopped $1; to go on: the same again with $2"
    exit 75
}

# value NAME FILE: that entry of a record, without quotes; a list's members are put apart by spaces. Phases and
# what comes after them have names of their own, digest among them.
value() {
    tr '\n' ' ' < "$2" \
        | sed -E 's/"closing" *: *\{[^}]*\}//; s/"phases" *: *\{[^}]*\}//; s/"phasesOverRanks" *: *\{([^{}]*\{[^{}]*\})*[^{}]*\}//' \
        | grep -oE "\"$1\" *: *(\"([^\"\\\\]|\\\\.)*\"|\[[^]]*\]|[^],} ]+)" | head -1 \
        | sed -E 's/^"[^"]*" *: *//; s/^"(.*)"$/\1/; s/\\(.)/\1/g; /^\[/ { s/[]["]//g; s/ *, */ /g; }'
}

# Rows of jobs that end at once must not mix, so the table is locked: file 9 by the kernel, or by a folder beside it,
# then in `lock`, where the file system knows no locks.
lock_table() {
    local tries
    ! flock -w 30 9 2> /dev/null || return
    for tries in {1..100}; do
        if mkdir "$OUT/runs.csv.lock" 2> /dev/null; then
            lock=$OUT/runs.csv.lock
            return
        fi
        sleep 0.1
    done
    complain "$OUT/runs.csv.lock: has been there for 10 s, left by a job that was killed perhaps: remove it"
}

# add_row RECORD LAUNCHER COMMAND
columns=(hosts commit app ranks threads transport kernel seconds pointsPerSecond sum digest)
add_row() {
    local row="$(date -u +%Y-%m-%dT%H:%M:%SZ),$job" name cell lock=
    for name in "${columns[@]}"; do
        cell=$(value "$name" "$1")
        row+=",\"${cell//\"/\"\"}\""
    done
    row+=",${2##*/},${SLURM_RESTART_COUNT:-0},\"${3//\"/\"\"}\""
    {
        lock_table
        if [ ! -s "$OUT/runs.csv" ]; then
            (IFS=,; echo "date,job,${columns[*]},launcher,restarts,command" >&9)
        fi
        echo "$row" >&9
        [ -z "$lock" ] || rmdir "$lock"
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

# Is this a later start of a job, after a stop or the loss of a node?
restarts() { [ -n "$RESTART" ] || [ "${SLURM_RESTART_COUNT:-0}" -gt 0 ]; }

# The words of a later start, in `words`: on from what is there. Nothing is deleted, not even where the first start was
# told to.
go_on() {
    local app=$1 kept=() word
    shift
    for word in "$@"; do
        case $word in
            --force) complain "--force is left out: this start goes on with what the last one has left in $folder" ;;
            --restart) ;;
            *) kept+=("$word") ;;
        esac
    done
    words=("${kept[@]}")
    case $app in
        diffusion) words+=(--restart) ;;
        sweep | farm) ;; # go on by themselves
        *) set_aside "$app" ;;
    esac
}

# What an app that cannot go on has left is moved into a folder of its own.
set_aside() {
    local app=$1 file earlier=1
    while [ -e "$folder/earlier-$earlier" ]; do earlier=$((earlier + 1)); done
    for file in "$folder/$app".*; do
        [ -e "$file" ] || continue
        mkdir -p "$folder/earlier-$earlier" && mv "$file" "$folder/earlier-$earlier" || exit 1
    done
}

run() {
    local app=$1 folder=$OUT/${RUN:-$1-$job} words start code signalled end record ranks as=
    shift
    own "$@"
    record=$folder/record.json
    mkdir -p "$folder" || exit 1
    rm -f "$record" "$folder/stopping"
    words=("$@")
    ! restarts || go_on "$app" "$@"
    words=("$GHOSTROW" "$app" "${words[@]}" --ranks "$RANKS" --json "$record")
    [ "$app" = farm ] || words+=(--threads "$THREADS")
    case $app in diffusion | mandelbrot | sweep | farm) words+=(--out "$folder") ;; esac
    choose_start
    # Asked now, for when the signal comes there is no time to spare.
    [ -z "$SLURM_JOB_ID" ] || end=$(date -d "$(squeue -h -j "$SLURM_JOB_ID" -o %e 2> /dev/null)" +%s 2> /dev/null)
    # Told to end, Open MPI's mpirun kills its ranks, from version 5 on at once, and MPICH's may forget what they ended
    # with; SIGUSR1 both pass on.
    case $app-$LAUNCHER in diffusion-mpirun | sweep-mpirun | farm-mpirun) as=USR1 ;; esac
    supervise "$as" "${start[@]}" "${words[@]}"

    # Once signalled a launcher may end with anything, whatever its ranks ended with: MPICH's with 0, Open MPI's with
    # a crash among ranks that leave. What they have left says what happened.
    if [ "$code" -ne 75 ] && [ -n "$stopped" ] && [ ! -s "$record" ] && kept; then
        complain "the launcher ended with exit code $code, but what the ranks have done is kept"
        code=75
    fi
    rm -f "$folder/stopping"
    if [ "$code" -eq 75 ]; then
        [ -z "$end" ] || [ -z "$signalled" ] || lead $(($(date +%s) - signalled)) $((end - signalled))
        stopped_well "with what it has done in $folder" "RESTART=1 RUN=${folder#"$OUT"/}"
    fi
    if [ "$code" -ne 0 ]; then
        complain "$app ended with exit code $code"
        [ "$LAUNCHER" != srun ] ||
            complain "it was started by ${start[*]}; Open MPI needs --mpi=pmix, MPICH --mpi=pmi2 (SRUN_MPI says which)"
        return "$code"
    fi
    # srun has been seen to end with 0 although no rank, or N times one rank, ran.
    [ -s "$record" ] || { complain "$app ended with exit code 0 but left no record $record"; return 1; }
    ranks=$(value ranks "$record")
    if [ "$ranks" != "$RANKS" ]; then
        complain "asked for $RANKS ranks, but $record tells of ${ranks:-none}"
        return 1
    fi
    add_row "$record" "${start[0]:-ghostrow}" "$app $*"
}

# The study starts each run by jobs/start, which finds the same settings.
scale() {
    local kind=$1 app=${2:-diffusion} counts=${COUNTS:-$(counts_to "$RANKS")} code signalled folder
    shift $(($# < 2 ? 1 : 2))
    own "$@"
    RANKS='{ranks}'
    RUN=${RUN:-$kind-$app-$job}
    set -- "$app" "$@" --ranks "$(echo $counts | tr ' ' ,)" --threads "$(echo $THREADS | tr ' ' ,)"
    supervise TERM "$GHOSTROW" scale "$kind" "$@" --repeats "${REPEATS:-3}" --out "$OUT/$RUN" --launcher site
    [ "$code" -eq 0 ] || [ -z "$stopped" ] || stopped_well "with the runs that are done in $OUT/$RUN" "RUN=$RUN"
    return "$code"
}
