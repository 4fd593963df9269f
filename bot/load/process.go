package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of CPU times in /proc: USER_HZ, which is a hundredth of a
// second on every architecture that Go runs on (man 5 proc).
const tick = 10 * time.Millisecond

// errNoProcess means that the system does not tell about processes the way
// Linux does.
var errNoProcess = errors.New("no /proc for the process: CPU and memory are not measured")

// usage is what a process has used.
type usage struct {
	cpu      time.Duration // user and system, since it began
	resident int64         // bytes in memory now
	peak     int64         // bytes in memory at most
}

// usageOf reads what a process has used; 0 is this one.
func usageOf(pid int) (usage, error) {
	dir := "/proc/self/"
	if pid != 0 {
		dir = fmt.Sprintf("/proc/%d/", pid)
	}
	stat, err := os.ReadFile(dir + "stat")
	if err != nil {
		return usage{}, fmt.Errorf("%w (%w)", errNoProcess, err)
	}
	status, err := os.ReadFile(dir + "status")
	if err != nil {
		return usage{}, fmt.Errorf("%w (%w)", errNoProcess, err)
	}
	return parseUsage(string(stat), string(status))
}

// parseUsage reads the two files' texts (man 5 proc).
func parseUsage(stat, status string) (usage, error) {
	// The second field is the program's name in brackets, which may hold
	// anything; utime and stime are the 14th and 15th.
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return usage{}, errors.New("read process: stat is too short")
	}
	var u usage
	for _, field := range fields[11:13] {
		ticks, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return usage{}, fmt.Errorf("read process: stat: %w", err)
		}
		u.cpu += time.Duration(ticks) * tick
	}
	for line := range strings.Lines(status) {
		name, value, _ := strings.Cut(line, ":")
		into := map[string]*int64{"VmRSS": &u.resident, "VmHWM": &u.peak}[name]
		if into == nil {
			continue
		}
		kib, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
		if err != nil {
			return usage{}, fmt.Errorf("read process: %s: %w", name, err)
		}
		*into = kib << 10
	}
	return u, nil
}
