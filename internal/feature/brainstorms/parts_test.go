package brainstorms

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

func TestIdeasInAMail(t *testing.T) {
	for name, c := range map[string]struct {
		mail string
		want []string
	}{
		"points of a list, without what stands around": {"Hi,\n\n- a note at the end\n  of the day\n* a film\n\nThanks, Ben", []string{"a note at the end of the day", "a film"}},
		"a numbered list": {"1. one\n2) two", []string{"one", "two"}},
		"paragraphs":      {"One idea\nin two lines.\n\nAnother.", []string{"One idea\nin two lines.", "Another."}},
		"lines, where there is only one paragraph": {"one\ntwo\r\nthree", []string{"one", "two", "three"}},
		"a year is no number of a list":            {"2026. was long", []string{"2026. was long"}},
		"nothing":                                  {" \n\n ", nil},
	} {
		if got := readIdeas(c.mail); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestVotesInAMail(t *testing.T) {
	for _, c := range []struct {
		method, mail, want string
	}{
		{Dots, "4, 4, 7", "[{4 2 0} {7 1 0}]"},
		{Dots, "4: 2\n7: 1", "[{4 2 0} {7 1 0}]"},
		{Like, "+4 -7, 12+\n9−", "[{4 1 0} {7 -1 0} {12 1 0} {9 -1 0}]"},
		{Points, "#4: 60; 7 = 40", "[{4 60 0} {7 40 0}]"},
		{Scale, "4: -3, 7: +2", "[{4 -3 0} {7 2 0}]"},
		{Impact, "4: 5/2", "[{4 5 2}]"},
		{Dots, "I like 4", "refused"},
		{Points, "4", "refused"},
		{Like, "4 4", "refused"},
		{Dots, "", "refused"},
		{Like, "+4-", "refused"},
	} {
		got, err := readVotes(c.mail, VoteRule{Method: c.method, Dots: 5, Most: 3})
		said := fmt.Sprint(got)
		if err != nil {
			said = "refused"
		}
		if said != c.want {
			t.Errorf("%s by %s: got %s, want %s (%v)", c.mail, c.method, said, c.want, err)
		}
	}
}

func FuzzMailed(f *testing.F) {
	f.Add("- one\n- two", "4: 5/2, 7")
	f.Fuzz(func(t *testing.T, ideas, votes string) {
		for _, i := range readIdeas(ideas) {
			if strings.TrimSpace(i) == "" {
				t.Errorf("an empty idea in %q", ideas)
			}
		}
		for _, m := range []string{Like, Dots, Points, Scale, Impact} {
			_, _ = readVotes(votes, VoteRule{Method: m})
		}
	})
}

func drawing() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for x := range 64 {
		m.Set(x, x/2, color.RGBA{uint8(x * 4), 20, 200, 255})
	}
	return m
}

// What a camera writes into a picture does not stay in it, but for which way up it is.
func TestPicturesTellNothing(t *testing.T) {
	const secret = "Canon EOS of Mei, 51.5N 0.1W"
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, drawing(), nil); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00"), secret...)
	shot := append([]byte("\xff\xd8"), segment(0xe1, exif)...)
	shot = append(append(shot, segment(0xfe, []byte(secret))...), plain.Bytes()[2:]...)
	shot = append(shot, append([]byte("\xff\xd8"), segment(0xe1, exif)...)...) // a smaller picture behind it
	clean, ending := strip(shot)
	if ending != ".jpg" || bytes.Contains(clean, []byte("Canon")) {
		t.Errorf("the photograph still tells: %q", clean[:min(200, len(clean))])
	}
	if m, err := jpeg.Decode(bytes.NewReader(clean)); err != nil || m.Bounds().Dx() != 64 {
		t.Errorf("the photograph cannot be read any more: %v", err)
	}
	if got := orientation(clean[6:]); got != 6 {
		t.Errorf("it lies on side %d, want 6", got)
	}
	plain.Reset()
	if err := png.Encode(&plain, drawing()); err != nil {
		t.Fatal(err)
	}
	b := plain.Bytes()
	drawn := append(slices.Clone(b[:33]), chunk("tEXt", []byte(secret))...)
	clean, ending = strip(append(append(drawn, b[33:]...), secret...))
	if ending != ".png" || !bytes.Equal(clean, b) {
		t.Errorf("the drawing is %d bytes, want the %d of the picture alone", len(clean), len(b))
	}
	for _, bad := range []string{"", "GIF89a", "<svg>", "\xff\xd8\xff\xe1\x00", "\x89PNG\r\n\x1a\n\xff\xff\xff\xff"} {
		if got, _ := strip([]byte(bad)); got != nil {
			t.Errorf("%q is taken for a picture", bad)
		}
	}
}

func segment(marker byte, body []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

func chunk(name string, body []byte) []byte {
	b := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), name...)
	b = append(b, body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func FuzzStrip(f *testing.F) {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, drawing(), nil)
	f.Add(b.Bytes())
	b.Reset()
	_ = png.Encode(&b, drawing())
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		if clean, _ := strip(b); len(clean) > len(b)+40 {
			t.Errorf("%d bytes became %d", len(b), len(clean))
		}
	})
}

func TestSuggestedGroups(t *testing.T) {
	texts := []string{
		"Shorter meetings on Mondays", "Cancel the Monday meeting", "Meetings need an agenda", "A better coffee machine",
		"Coffee for everybody", "Documentation of the deployment", "Write deployment docs and documentation", "Something else entirely",
	}
	got := cluster(texts)
	var said []string
	for _, g := range got {
		said = append(said, fmt.Sprint(g.members))
	}
	for _, want := range []string{"[3 4]", "[5 6]"} {
		if !slices.Contains(said, want) {
			t.Errorf("the groups are %v, and %s is not among them", said, want)
		}
	}
	if !slices.ContainsFunc(got, func(g found) bool { return slices.Contains(g.members, 1) && strings.Contains(g.name, "meeting") }) {
		t.Errorf("no group is about meetings: %+v", got)
	}
	for range 5 {
		if again := fmt.Sprint(cluster(texts)); again != fmt.Sprint(got) {
			t.Errorf("the same board gives other groups: %s", again)
		}
	}
	if got := cluster(nil); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

func TestRoomsAreFairlyDivided(t *testing.T) {
	var list []id.ID
	hours := map[id.ID]*worktime.Schedule{}
	now := clock.At(time.Date(2026, 10, 5, 7, 0, 0, 0, time.UTC))
	zone := map[id.ID]string{}
	for n := range 14 {
		x := id.New(now)
		z := []string{"Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles"}[n%3]
		h, err := (worktime.Spec{Zone: z, Weekly: map[string][]string{"mon": {"09:00-17:00"}}}).Compile()
		if err != nil {
			t.Fatal(err)
		}
		list, hours[x], zone[x] = append(list, x), h, z
	}
	for _, mixture := range []bool{true, false} {
		rooms := divide(list, hours, now, 3, mixture)
		total, kinds := 0, 0
		for _, r := range rooms {
			total += len(r)
			if len(r) > mostInRoom || len(r) < 4 {
				t.Errorf("a room of %d", len(r))
			}
			seen := map[string]bool{}
			for _, x := range r {
				seen[zone[x]] = true
			}
			kinds += len(seen)
		}
		if total != 14 {
			t.Errorf("%d people are in rooms, want 14", total)
		}
		if mixture && kinds != 9 || !mixture && kinds > 5 {
			t.Errorf("mixture %v: the rooms have %d kinds of zone", mixture, kinds)
		}
	}
}

// BenchmarkSuggest groups 500 ideas.
func BenchmarkSuggest(b *testing.B) {
	words := strings.Fields("meeting agenda notes handover zone review release deploy test design customer support price launch team culture coffee office remote focus")
	texts := make([]string, 500)
	for i := range texts {
		texts[i] = words[i%len(words)] + " and " + words[(i*7+3)%len(words)] + " with " + words[(i*13+5)%len(words)]
	}
	for b.Loop() {
		cluster(texts)
	}
}
