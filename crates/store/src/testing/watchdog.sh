# Stops the test cluster when nobody has used it for a while.
# Arguments: the base directory, then the command that stops the server.
# Users hold a shared lock on users.lock for as long as they live, however they die; starters hold start.lock.
base=$1
shift
exec 7>"$base/watchdog.lock" 8>"$base/start.lock" 9>"$base/users.lock"
flock -n -x 7 || exit 0
idle=0
while sleep 1; do
    if flock -n -x 9; then
        flock -u 9
        idle=$((idle + 1))
    else
        idle=0
    fi
    if [ "$idle" -ge 10 ]; then
        flock -x 8
        if flock -n -x 9; then
            "$@"
            rm -rf "$base/pg"
            exit 0
        fi
        flock -u 8
        idle=0
    fi
done
