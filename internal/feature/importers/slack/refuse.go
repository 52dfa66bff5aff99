package slack

import (
	"fmt"
	"path"
	"strings"
)

// BadArchive is why an export is refused, for the person who chose the file.
// Nothing of a refused export comes in.
type BadArchive struct {
	File     string // the file inside the archive, or the archive itself
	Place    string // "line 3 (byte 120)", or empty
	Sentence string // what is wrong and what to do
	err      error
}

// Error says file, place and sentence in one line.
func (b *BadArchive) Error() string {
	s := b.File
	if b.Place != "" {
		s += ", " + b.Place
	}
	return s + ": " + b.Sentence
}

// Unwrap gives the cause, which may be nil.
func (b *BadArchive) Unwrap() error { return b.err }

func refuse(file, format string, args ...any) *BadArchive {
	return &BadArchive{File: printable(file), Sentence: fmt.Sprintf(format, args...)}
}

// limits keep a hostile archive from filling memory or time.
type limits struct {
	entries int   // files and folders
	total   int64 // bytes after inflating, all files
	ratio   int64 // inflated : stored, of one file
	free    int64 // bytes up to which the ratio does not matter
	element int   // bytes of one message, person or channel
}

func usualLimits() limits {
	return limits{entries: 2_000_000, total: 50 << 30, ratio: 200, free: 1 << 20, element: 16 << 20}
}

// checkName refuses a name that points outside the archive, or that a system could
// read as pointing outside.
func checkName(name string) error {
	switch {
	case name == "" || len(name) > 4096:
		return refuse(name, "a file in the archive has no usable name; export again from Slack")
	case strings.ContainsAny(name, "\\\x00"):
		return refuse(name, `a file name with "\" could reach outside the archive; export again, or pack the folder with another zip program`)
	case strings.HasPrefix(name, "/") || hasDrive(name):
		return refuse(name, "a file name that starts at the root of the disk is not taken; export again from Slack")
	case climbs(name):
		return refuse(name, `a file name with ".." reaches outside the archive; export again from Slack`)
	}
	return nil
}

func hasDrive(name string) bool {
	return len(name) > 1 && name[1] == ':' && (name[0]|0x20) >= 'a' && (name[0]|0x20) <= 'z'
}

func climbs(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return true
		}
	}
	return name != "./" && path.Clean(name) == "."
}

// printable keeps a hostile name from reaching a terminal as it is.
func printable(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\uFFFD' || (r >= 0x80 && r < 0xa0) || (r >= 0x202a && r <= 0x202e) {
			return '?'
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 120 {
		return string(runes[:120]) + "…"
	}
	return name
}
