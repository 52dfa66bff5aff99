package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/term"

	"example.org/meantime/internal/platform/clock"
)

// show writes v as JSON with --json, or lets words write what people read.
func (e *env) show(v any, words func()) error {
	if !e.json {
		words()
		return nil
	}
	enc := json.NewEncoder(e.out)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// say writes a line. What others wrote is cleaned of anything a terminal obeys.
func (e *env) say(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = plain(s)
		}
	}
	_, _ = fmt.Fprintf(e.out, format+"\n", args...)
}

// table writes rows in columns.
func (e *env) table(rows [][]string) {
	w := tabwriter.NewWriter(e.out, 0, 4, 2, ' ', 0)
	for _, r := range rows {
		for i := range r {
			r[i] = plain(r[i])
		}
		_, _ = fmt.Fprintln(w, strings.TrimRight(strings.Join(r, "\t"), "\t"))
	}
	_ = w.Flush()
}

// plain takes out control characters and the marks that turn text around.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20, r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}

// local is a moment on one's own clock, as people write it.
func (e *env) local(t *time.Time) string {
	if t == nil {
		return "–"
	}
	return t.In(e.zone()).Format("Mon 2 Jan 15:04")
}

// progress draws a bar on a terminal, and writes a line per phase elsewhere.
func (e *env) progress() Progress {
	f, isFile := e.err.(*os.File)
	if e.json || !isFile || !term.IsTerminal(int(f.Fd())) { //nolint:gosec // a file descriptor is small
		last := ""
		return func(phase string, _, _ int64) {
			if phase != last && !e.json {
				_, _ = fmt.Fprintln(e.err, phase)
			}
			last = phase
		}
	}
	watch := clock.Stopwatch()
	drawn := time.Duration(-1)
	return func(phase string, done, total int64) {
		now := clock.Since(watch)
		if drawn >= 0 && now-drawn < 100*time.Millisecond && done < total {
			return
		}
		drawn = now
		_, _ = fmt.Fprintf(e.err, "\r\033[K%s", bar(phase, done, total))
		if total > 0 && done >= total {
			_, _ = fmt.Fprintln(e.err)
		}
	}
}

const width = 30

func bar(phase string, done, total int64) string {
	if total <= 0 {
		return fmt.Sprintf("%s … %d", phase, done)
	}
	full := int(min(done, total) * width / total)
	return fmt.Sprintf("%-12s [%s%s] %3d %%  %d of %d", phase, strings.Repeat("█", full), strings.Repeat("·", width-full), min(done, total)*100/total, done, total)
}
