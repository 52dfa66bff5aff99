package letter

import (
	"bytes"
	"fmt"
	"net/textproto"
	"path"
	"strings"

	"github.com/jhillyerd/enmime/v2"
	"github.com/jhillyerd/enmime/v2/mediatype"
)

// opened is a mail taken apart.
type opened struct {
	raw      []byte
	limits   Limits
	head     head
	root     *enmime.Part // nil when the mail could only be read as a whole
	flat     string       // then its text
	kind     string       // media type of the whole
	params   map[string]string
	inner    bool // enclosed in another mail
	parts    []*enmime.Part
	names    map[string]string // content id to file name
	ids      map[string]string // and back
	warnings []string
}

// maxDepth and maxBoundaries bound what taking a mail apart costs: each level reads
// the levels within it once more, and each part walks past its elder siblings.
const (
	maxDepth      = 25
	maxBoundaries = 5000
)

// parser never guesses a charset that is stated, and reads around what is malformed.
var parser = enmime.NewParser(
	enmime.SkipMalformedParts(true),
	enmime.MultipartWOBoundaryAsSinglePart(true),
	enmime.DisableTextConversion(true),
	enmime.DisableCharacterDetection(true),
	enmime.MaxStoredPartErrors(20),
	enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return true }),
	enmime.SetCustomParseMediaType(mediaType),
)

var plainType = later(`^\s*([A-Za-z]{1,20}/[A-Za-z0-9.+_-]{1,100})`)

// mediaType reads a Content-Type or Content-Disposition; one that is broken beyond
// reading counts as what it begins with.
func mediaType(s string) (string, map[string]string, []string, error) {
	if len(s) > 4<<10 {
		s = s[:4<<10]
	}
	mtype, params, invalid, err := mediatype.Parse(s)
	if err == nil {
		return mtype, params, invalid, nil
	}
	if m := plainType.FindStringSubmatch(s); m != nil {
		return strings.ToLower(m[1]), map[string]string{}, nil, nil
	}
	return "", map[string]string{}, nil, nil
}

// open takes a mail apart, or as much of it as the limits allow.
func open(raw []byte, limits Limits) *opened {
	o := &opened{raw: raw, limits: limits, names: map[string]string{}, ids: map[string]string{}}
	raw = o.tamed(bytes.TrimLeft(raw, "\r\n \t"))
	if depth(raw) > maxDepth || !o.parse(raw) {
		o.flatten(raw)
		return o
	}
	o.head = head(o.root.Header)
	o.kind, o.params, _, _ = mediaType(o.head.raw("Content-Type"))
	if o.root.FirstChild == nil && strings.HasPrefix(o.kind, "multipart/") && len(bytes.TrimSpace(o.root.Content)) == 0 {
		o.warn("no parts where parts were announced: read as a whole")
		o.flatten(raw)
		return o
	}
	o.walk(o.root, 0)
	for _, e := range o.root.Errors {
		o.warn(e.Name + ": " + e.Detail)
	}
	return o
}

// parse leaves the work to the parser. A bug in it must not take the server along.
func (o *opened) parse(raw []byte) (ok bool) {
	defer func() {
		if broken := recover(); broken != nil {
			o.root, ok = nil, false
			o.warn(fmt.Sprintf("the parser failed: %v", broken))
		}
	}()
	root, err := parser.ReadParts(bytes.NewReader(raw))
	if err != nil {
		o.warn("read as a whole: " + err.Error())
		return false
	}
	o.root = root
	return true
}

func (o *opened) warn(s string) {
	if len(o.warnings) < 20 {
		o.warnings = append(o.warnings, oneLine(legible([]byte(s[:min(len(s), 300)]))))
	}
}

// tamed leaves out what would cost too much to take apart.
func (o *opened) tamed(raw []byte) []byte {
	if bytes.HasPrefix(raw, []byte("From ")) || bytes.HasPrefix(raw, []byte(">From ")) { // as a mailbox file begins it
		if at := bytes.IndexByte(raw, '\n'); at > 0 {
			raw = raw[at+1:]
		}
	}
	if hasFold(raw, "base64") {
		raw = scrubbed(raw)
	}
	if !hasFold(raw, "boundary") {
		return raw
	}
	n := 0
	for at := 0; at < len(raw); {
		next := bytes.Index(raw[at:], []byte("\n--"))
		if next < 0 {
			break
		}
		if n++; n > maxBoundaries {
			o.warn("more parts than are read: the rest is left out")
			return raw[:at+next]
		}
		at += next + 3
	}
	return raw
}

var (
	inBase64 = later(`(?i)^content-transfer-encoding\s*:\s*base64`)
	unfinish = later(`(?i)^content-transfer-encoding\s*:\s*$`)
	folded64 = later(`(?i)^\s+base64`)
)

// scrubbed takes out of base64 what does not belong there, of which the parser would
// keep an account, byte by byte.
func scrubbed(raw []byte) []byte {
	out := make([]byte, 0, len(raw))
	header, coming, coded := true, false, false
	waiting := false
	for len(raw) > 0 {
		end := bytes.IndexByte(raw, '\n') + 1
		if end == 0 {
			end = len(raw)
		}
		l := raw[:end]
		raw = raw[end:]
		switch {
		case len(l) > 2 && l[0] == '-' && l[1] == '-':
			header, coming, coded = true, false, false
		case header && len(bytes.TrimSpace(l)) == 0:
			header, coded = false, coming
		case header:
			coming = coming || inBase64.Match(l[:min(len(l), 200)]) || waiting && folded64.Match(l[:min(len(l), 200)])
			waiting = unfinish.Match(l[:min(len(l), 200)])
		case coded:
			out = appendBase64(out, l)
			continue
		}
		out = append(out, l...)
	}
	return out
}

// ofBase64 tells the bytes that base64 and its line ends are made of.
var ofBase64 = func() (is [256]bool) {
	for _, c := range []byte(alphabet + "=\r\n") {
		is[c] = true
	}
	return is
}()

func appendBase64(out, l []byte) []byte {
	for _, c := range l {
		if ofBase64[c] {
			out = append(out, c)
		}
	}
	return out
}

var stated = later(`(?i)boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^";\s]{1,200}))`)

// depth is how deep the parts of a mail may nest: how many boundaries are stated and
// not closed again. It may count too many, never too few.
func depth(raw []byte) int {
	unclosed, deepest := 0, 0
	open := map[string]bool{}
	for len(raw) > 0 {
		at := bytes.IndexByte(raw, '\n')
		if at < 0 {
			at = len(raw) - 1
		}
		l := raw[:at+1]
		raw = raw[at+1:]
		if bytes.HasPrefix(l, []byte("--")) {
			name := strings.TrimSpace(string(l[2:min(len(l), 300)]))
			if ended := strings.TrimSuffix(name, "--"); ended != name && open[ended] {
				delete(open, ended)
			}
			continue
		}
		if !hasFold(l, "boundary") {
			continue
		}
		found := stated.FindAllSubmatch(l, 5)
		if found == nil {
			unclosed++
		}
		for _, m := range found {
			open[string(m[1])+string(m[2])] = true
		}
		deepest = max(deepest, len(open)+unclosed)
	}
	return deepest
}

// hasFold finds an ASCII word in any case.
func hasFold(b []byte, word string) bool {
	for i := 0; i+len(word) <= len(b); i++ {
		if b[i]|0x20 == word[0] && strings.EqualFold(string(b[i:i+len(word)]), word) {
			return true
		}
	}
	return false
}

// flatten reads a mail that cannot be taken apart: its header, and everything beneath
// as text.
func (o *opened) flatten(raw []byte) {
	o.root = nil
	top, below, found := bytes.Cut(bytes.ReplaceAll(raw[:min(len(raw), 4*o.limits.Text)], []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	if !found && !bytes.Contains(top[:min(len(top), 100)], []byte(":")) {
		top, below = nil, top
	}
	o.head = head{}
	key := ""
	for _, l := range strings.Split(string(top), "\n") {
		if name, value, ok := strings.Cut(l, ":"); ok && !strings.ContainsAny(name, " \t") {
			key = textproto.CanonicalMIMEHeaderKey(name)
			o.head[key] = append(o.head[key], strings.TrimSpace(value))
		} else if vs := o.head[key]; len(vs) > 0 && len(vs[len(vs)-1]) < maxHeader {
			vs[len(vs)-1] += " " + strings.TrimSpace(l)
		}
	}
	o.flat = legible(below[:min(len(below), o.limits.Text)])
	if o.warnings == nil {
		o.warn("nested too deeply: read as a whole")
	}
}

// walk lists the parts that hold something, in order.
func (o *opened) walk(p *enmime.Part, level int) {
	for ; p != nil && len(o.parts) < o.limits.Parts; p = p.NextSibling {
		if p.FirstChild != nil {
			if level < maxDepth {
				o.walk(p.FirstChild, level+1)
			}
			continue
		}
		o.parts = append(o.parts, p)
		if p.ContentID != "" && !isText(p) {
			name := fileName(p)
			o.names[p.ContentID], o.ids[name] = name, p.ContentID
		}
	}
}

// isText says whether a part is meant to be read rather than opened.
func isText(p *enmime.Part) bool {
	if p.Disposition == "attachment" || p.FileName != "" && p.Disposition != "inline" {
		return false
	}
	switch p.ContentType {
	case "text/plain", "text/html", "":
		return true
	case "text/enriched", "text/richtext", "text/markdown", "text/x-markdown", "text/rfc822-headers":
		return p.FileName == ""
	}
	return strings.HasPrefix(p.ContentType, "multipart/")
}

// attachments lists the enclosed files. shown are the content ids that the text shows.
func (o *opened) attachments(shown map[string]bool) []Attachment {
	var all []Attachment
	for _, p := range o.parts {
		if isText(p) || p.ContentType == "message/delivery-status" && p.FileName == "" || len(p.Content) == 0 && p.FileName == "" {
			continue
		}
		if len(all) == o.limits.Attachments {
			o.warn("more enclosed files than are kept")
			break
		}
		all = append(all, Attachment{
			Name: fileName(p), Type: typeOf(p), ContentID: p.ContentID,
			Inline: shown[p.ContentID] && p.ContentID != "", Content: p.Content,
		})
	}
	return all
}

func typeOf(p *enmime.Part) string {
	if p.ContentType == "" {
		return "application/octet-stream"
	}
	return strings.ToLower(p.ContentType)
}

var endings = map[string]string{
	"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/svg+xml": ".svg", "application/pdf": ".pdf",
	"text/calendar": ".ics", "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "message/rfc822": ".eml", "application/zip": ".zip",
	"application/pgp-signature": ".asc", "application/pkcs7-signature": ".p7s", "application/x-pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m",
	"application/ms-tnef": ".dat", "application/json": ".json", "audio/mpeg": ".mp3", "audio/ogg": ".ogg", "video/mp4": ".mp4", "text/vcard": ".vcf",
}

// fileName is the name of an enclosed file without folders or control characters, at
// most 200 bytes long.
func fileName(p *enmime.Part) string {
	name := decoded(p.FileName)
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Trim(strings.Map(func(r rune) rune {
		if r < 0x20 || strings.ContainsRune("<>:\"|?*\u202e\u202d", r) {
			return -1
		}
		return r
	}, name), ". ")
	for len(name) > 200 {
		name = strings.ToValidUTF8(name[len(name)-200:], "")
	}
	if name == "" || name == "/" {
		kind, _, _ := strings.Cut(typeOf(p), "/")
		if kind != "image" && kind != "audio" && kind != "video" {
			kind = "attachment"
		}
		name = kind + endings[typeOf(p)]
	}
	return name
}
