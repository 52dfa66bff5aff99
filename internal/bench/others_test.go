package bench

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/platform/clock"
)

// watchOthers begins to watch the processors; the function it returns says what
// percentage of them was taken by anything but this process and its children
// (PostgreSQL is one) since then, leaving out what yields to everybody: 0 where the
// machine does not tell.
func watchOthers() func() float64 {
	all, cores := machineTicks()
	own, watch := ownTicks(), clock.Stopwatch()
	return func() float64 {
		now, _ := machineTicks()
		passed := clock.Since(watch).Seconds() * ticks * float64(cores)
		if passed < ticks/4 || cores == 0 { // too short for clocks that tick a hundred times a second
			return 0
		}
		return max(0, 100*(float64(now-all)-float64(ownTicks()-own))/passed)
	}
}

// ticks is how often the kernel counts in a second.
const ticks = 100

// machineTicks is how long all processors were busy, and how many there are.
func machineTicks() (busy int64, cores int) {
	b, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		switch {
		case len(f) > 8 && f[0] == "cpu":
			for i, n := range f[1:9] { // user nice system idle iowait irq softirq steal
				if i != 1 && i != 3 && i != 4 { // what is nice yields to us
					busy += number(n)
				}
			}
		case len(f) > 0 && strings.HasPrefix(f[0], "cpu"):
			cores++
		}
	}
	return busy, cores
}

// ownTicks is how long this process and all below it were busy, those that have
// ended among them.
func ownTicks() (sum int64) {
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	parent, busy := map[string]string{}, map[string]int64{}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		_, rest, ok := strings.Cut(string(b), ") ") // the name before it may hold anything
		if f := strings.Fields(rest); ok && len(f) > 14 {
			pid := filepath.Base(filepath.Dir(path))
			parent[pid] = f[1]
			busy[pid] = number(f[11]) + number(f[12]) + number(f[13]) + number(f[14])
		}
	}
	self := strconv.Itoa(os.Getpid())
	for pid := range busy {
		for up := pid; up != "" && up != "0"; up = parent[up] {
			if up == self {
				sum += busy[pid]
				break
			}
		}
	}
	return sum
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

func TestWhatThisProcessDoesIsNotOthers(t *testing.T) {
	if _, cores := machineTicks(); cores == 0 {
		t.Skip("this machine does not tell")
	}
	own := ownTicks()
	watch := clock.Stopwatch()
	for n := 0; ownTicks()-own < ticks/5; n++ { // a fifth of a second of work
		if clock.Since(watch) > time.Minute {
			t.Fatal("the work of this process is not counted")
		}
	}
}
