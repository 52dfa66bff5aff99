package letter

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.org/meantime/internal/platform/testkit"
)

// The bars: no mail, however broken, may cost more.
const (
	mostCPU    = 2 * time.Second
	mostMemory = 128 << 20
)

// meter measures what one call costs: processor time of this thread, and all that was
// allocated on the way, which is more than was ever held at once.
type meter struct {
	sample   []metrics.Sample
	cpu      time.Duration // the most
	memory   uint64
	slowest  string
	greatest string
}

func newMeter() *meter {
	return &meter{sample: []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}}
}

func (m *meter) allocated() uint64 {
	metrics.Read(m.sample)
	return m.sample[0].Value.Uint64()
}

func spent() time.Duration {
	var u syscall.Rusage
	const thread = 1
	if err := syscall.Getrusage(thread, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func (m *meter) measure(name string, call func()) {
	before, cpu := m.allocated(), spent()
	call()
	took, held := spent()-cpu, m.allocated()-before
	if took > m.cpu {
		m.cpu, m.slowest = took, name
	}
	if held > m.memory {
		m.memory, m.greatest = held, name
	}
}

func (m *meter) judge(t *testing.T) {
	t.Helper()
	t.Logf("at most %v of processor time (%s) and %d kB allocated (%s)", m.cpu, m.slowest, m.memory>>10, m.greatest)
	if m.cpu > mostCPU {
		t.Errorf("%s took %v, want at most %v", m.slowest, m.cpu, mostCPU)
	}
	if m.memory > mostMemory {
		t.Errorf("%s allocated %d MB, want at most %d", m.greatest, m.memory>>20, mostMemory>>20)
	}
}

// rawMails are the mails of the corpora, and our own.
func rawMails(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	add := func(root string) {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			switch filepath.Ext(path) {
			case ".eml", ".raw", ".msg", ".txt", ".html":
				b, err := os.ReadFile(path)
				if err == nil && len(b) > 0 && len(b) < 1<<20 {
					name, _ := filepath.Rel(root, path)
					all[name] = b
				}
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, raw := range seeds {
		all[fmt.Sprintf("ours, %d", i)] = []byte(raw)
	}
	if dir := os.Getenv("MEANTIME_CORPUS"); dir != "" {
		add(filepath.Join(dir, "email"))
	}
	return all
}

// mutations is how many broken copies of each mail are read: MEANTIME_MUTATIONS, or few.
func mutations() int {
	if n, err := strconv.Atoi(os.Getenv("MEANTIME_MUTATIONS")); err == nil {
		return n
	}
	if testing.Short() {
		return 10
	}
	return 300
}

// copiesAtOnce is how many copies of one mail are read before the next mail's turn.
const copiesAtOnce = 500

func TestBrokenMailCostsLittle(t *testing.T) {
	if testkit.Raced {
		t.Skip("costs are measured without the race detector")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	mails, n := rawMails(t), mutations()
	if os.Getenv("MEANTIME_CORPUS") != "" && os.Getenv("MEANTIME_MUTATIONS") == "" {
		n = min(n, 30)
	}
	first, _ := strconv.Atoi(os.Getenv("MEANTIME_MUTATIONS_FROM")) // the copies before it are made and not read
	meter, read, failed := newMeter(), 0, 0
	randoms := map[string]*rand.Rand{}
	// In rounds over all mails, so that a long run says how far it came.
	for from := 0; from <= n; from += copiesAtOnce {
		to := min(n+1, from+copiesAtOnce)
		for _, name := range slices.Sorted(maps.Keys(mails)) {
			raw := mails[name]
			if from == 0 {
				seed := uint64(len(raw)) + uint64(raw[len(raw)/2])<<32
				randoms[name] = rand.New(rand.NewPCG(seed, uint64(len(name)))) //nolint:gosec // the same each time, on purpose
			}
			for i := from; i < to; i++ {
				copied := raw
				if i > 0 {
					copied = mutate(raw, randoms[name])
				}
				if i < first {
					continue
				}
				meter.measure(fmt.Sprintf("%s, copy %d", name, i), func() {
					l, err := Read(copied, Limits{})
					read++
					if err == nil && strings.Contains(strings.Join(l.Warnings, " "), "the parser failed") {
						failed++
						t.Errorf("%s, copy %d: %v", name, i, l.Warnings)
					}
				})
			}
		}
		if n > copiesAtOnce {
			t.Logf("%d copies of each so far, at most %v and %d kB", to-1, meter.cpu, meter.memory>>10)
		}
	}
	t.Logf("%d mails, %d readings, %d in which the parser failed", len(mails), read, failed)
	meter.judge(t)
}

// mutate breaks a mail in one to eight places: bytes change, lines go, come twice, swap
// or grow, and the end is cut off.
func mutate(raw []byte, random *rand.Rand) []byte {
	b := bytes.Clone(raw)
	for range 1 + random.IntN(8) {
		if len(b) < 4 {
			return b
		}
		at := random.IntN(len(b))
		switch random.IntN(8) {
		case 0:
			b[at] = byte(random.IntN(256))
		case 1:
			b[at] ^= 1 << random.IntN(8)
		case 2:
			b = append(b[:at], b[min(len(b), at+1+random.IntN(40)):]...)
		case 3:
			piece := bytes.Clone(b[at:min(len(b), at+1+random.IntN(200))])
			b = append(b[:at], append(piece, b[at:]...)...)
		case 4:
			if random.IntN(6) == 0 {
				b = b[:at]
			}
		case 5:
			token := tokens[random.IntN(len(tokens))]
			b = append(b[:at], append([]byte(token), b[at:]...)...)
		case 6:
			b = append(b[:at], append(bytes.Repeat(b[at:at+1], random.IntN(500)), b[at:]...)...)
		case 7:
			to := random.IntN(len(b))
			b[at], b[to] = b[to], b[at]
		}
	}
	return b
}

var tokens = []string{
	"\r\n", "\n\n", "--", "\r\n--", "boundary=\"", "Content-Type: multipart/mixed; boundary=a\r\n", "Content-Transfer-Encoding: base64\r\n", "charset=", "=?utf-8?B?", "?=", "=", "\x00",
	"<blockquote>", "</div>", "<table>", "<b>", "<", ">", "> ", "wrote:", "On 1 Jan 2020 at 1:00, a@b.c wrote:\n", "From: a@b.c\nTo: ", "-- \n", "\xff\xfe", "<a href=\"", "iso-2022-jp", "\x1b$B", "Content-Type: message/rfc822\r\n\r\n",
}

// TestHostileMailCostsLittle reads what somebody might build who wants us to work.
func TestHostileMailCostsLittle(t *testing.T) {
	if testkit.Raced {
		t.Skip("costs are measured without the race detector")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	meter := newMeter()
	for name, raw := range hostile() {
		one := newMeter()
		one.measure(name, func() { _, _ = Read([]byte(raw), Limits{}) })
		t.Logf("%-28s %8d bytes: %v, %d kB", name, len(raw), one.cpu, one.memory>>10)
		if one.cpu > meter.cpu {
			meter.cpu, meter.slowest = one.cpu, name
		}
		if one.memory > meter.memory {
			meter.memory, meter.greatest = one.memory, name
		}
	}
	meter.judge(t)
}

func hostile() map[string]string {
	const text, page = "Subject: a\r\nContent-Type: text/plain\r\n\r\n", "Subject: a\r\nContent-Type: text/html\r\n\r\n"
	many := func(s string, bytes int) string { return strings.Repeat(s, bytes/len(s)) }
	var nested strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&nested, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	whole := 1 << 20
	if testing.Short() {
		whole /= 8
	}
	return map[string]string{
		"nested parts":         nested.String() + "\r\nhello",
		"nested, encoded":      strings.ReplaceAll(nested.String(), "boundary=", "boundary*=us-ascii''"),
		"many parts":           "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + many("--b\r\n\r\nx\r\n", 4*whole),
		"one long header":      "Subject: " + many("=?utf-8?q?a?= ", 4*whole) + "\r\n\r\nx",
		"broken words":         "Subject: " + many("=?utf-8?q?", 4*whole) + "\r\n\r\nx",
		"one long type":        "Content-Type: " + many("a;b=\"", 4*whole) + "\r\n\r\nx",
		"many recipients":      "To: " + many("a@b.c, ", 4*whole) + "\r\n\r\nx",
		"many bad recipients":  "To: " + many("\"<a@b.c (", 4*whole) + "\r\n\r\nx",
		"many headers":         many("Received: x\r\n", 4*whole) + "\r\nx",
		"introductions":        text + many("On 1 Jan 2020 at 1:00 a@b.c\n", whole),
		"introductions, short": text + many("On 1 a@b:\n", whole),
		"header blocks":        text + many("From: a\nTo: b\n", whole),
		"quotes":               text + many(">", whole),
		"quotes and answers":   text + many("> a\nb\n\n", whole),
		"signatures":           text + many("-- \nSent from\n", whole),
		"rulers":               text + many("---\n\n", whole),
		"blank lines":          text + many("\n", whole),
		"flowed":               "Content-Type: text/plain; format=flowed\r\n\r\n" + many("a \n", whole),
		"one line":             text + many("a b ", whole),
		"words of devices":     text + many("Sent from my iPhone mail on the\n", whole),
		"bold":                 page + many("<b>x", whole),
		"bold, closed":         page + many("<b>x</b>", whole),
		"links":                page + many("<a href=http://a.b>x", whole),
		"quotes of HTML":       page + many("<blockquote>x", whole),
		"tables":               page + many("<table border=1><tr><td>x<td>", whole),
		"rows":                 page + "<table border=1>" + many("<tr><td>x<td>y", whole),
		"lists":                page + many("<ul><li>x", whole),
		"fonts and paragraphs": page + many("<p><font size=1><i>", whole),
		"divs":                 page + many("<div>", whole),
		"attributes":           page + "<p " + many("a=b ", whole) + ">x",
		"many attributes": page + "<p " + func() string {
			var b strings.Builder
			for i := range 100000 {
				fmt.Fprintf(&b, "a%d=b ", i)
			}
			return b.String()
		}() + ">x",
		"comments":          page + many("<!--", whole),
		"entities":          page + many("&amp", whole),
		"bounce":            "From: mailer-daemon@a.b\r\nSubject: failure notice\r\n\r\n" + many("<a@b.c>:\n550 5.1.1 no such user\n\n", whole),
		"status":            "From: mailer-daemon@a.b\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" + many("Final-Recipient: rfc822; a@b.c\nAction: failed\n\n", whole) + "\r\n--b--",
		"pictures":          text + many("[image: x]", whole),
		"base64 of nothing": "Content-Transfer-Encoding: base64\r\n\r\n" + many("!", 8*whole),
		"large file":        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + many("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n", 10*whole) + "\r\n--b--",
	}
}
