package letter

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// legible makes text of bytes whose charset was stated wrongly or not at all: what is
// UTF-8 is taken as such, anything else as Windows-1252. Control characters go.
func legible(b []byte) string {
	s := string(b)
	if !utf8.ValidString(s) {
		s = mendedUTF8(s)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return r
		case r >= 0x80 && r < 0xa0: // Windows-1252 that was taken for Latin-1 on its way
			if r = charmap.Windows1252.DecodeByte(byte(r)); r < 0xa0 || r == utf8.RuneError {
				return -1
			}
		case r < 0x20, r == 0x7f, r == 0xfeff, r == 0xfffe:
			return -1
		}
		return r
	}, s)
}

// mendedUTF8 reads the bytes that are no UTF-8 as Windows-1252.
func mendedUTF8(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(s[i])
		}
		b.WriteRune(r)
		i += n
	}
	return b.String()
}

var metaCharset = later(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})`)

// byMeta reads HTML in the charset that it names itself, which counts if nothing else
// does.
func byMeta(content []byte) []byte {
	if utf8.Valid(content) {
		return content
	}
	m := metaCharset.FindSubmatch(content[:min(len(content), 4<<10)])
	if m == nil {
		return content
	}
	if e := charsetOf(string(m[1])); e != nil {
		if utf, err := e.NewDecoder().Bytes(content); err == nil {
			return utf
		}
	}
	return content
}

// unASCII undoes what reading UTF-8 as if it were Windows-1252 did to a text that was
// said to be ASCII and was not.
func unASCII(content []byte) []byte {
	if isASCII(string(content)) {
		return content
	}
	back, err := charmap.Windows1252.NewEncoder().Bytes(content)
	if err != nil || !utf8.Valid(back) {
		return content
	}
	return back
}

// charsetOf finds a charset by the names that mails give it; nil for UTF-8 and for
// names nobody knows.
func charsetOf(name string) encoding.Encoding {
	name = strings.ToLower(strings.TrimSpace(name))
	if at := strings.IndexByte(name, '*'); at >= 0 { // RFC 2231 puts a language behind
		name = name[:at]
	}
	switch name {
	case "utf-8", "utf8", "us-ascii", "ascii", "":
		return nil
	case "ks_c_5601-1987", "cp949", "ms949":
		name = "euc-kr"
	case "cp936", "ms936", "x-gbk":
		name = "gbk"
	case "cp932", "ms932":
		name = "shift_jis"
	}
	if e, err := htmlindex.Get(name); err == nil {
		return e
	}
	if e, err := ianaindex.MIME.Encoding(name); err == nil && e != nil {
		return e
	}
	return nil
}

var encodedWord = later(`=\?([\w.:*-]{1,60})\?([bBqQ])\?([^?]*)\?=`)

// decoded reads the encoded words of RFC 2047 in a header. Words of one charset that
// stand side by side are put together before they are read, for mail programs split
// them in the middle of a character.
func decoded(s string) string {
	if len(s) > maxHeader {
		s = s[:maxHeader]
	}
	if !strings.Contains(s, "=?") {
		return oneLine(legible([]byte(s)))
	}
	var out strings.Builder
	var bytes []byte
	charset, end := "", 0
	flush := func() {
		out.WriteString(inCharset(bytes, charset))
		bytes = nil
	}
	for _, m := range encodedWord.FindAllStringSubmatchIndex(s, -1) {
		between := s[end:m[0]]
		beside := strings.TrimSpace(between) == "" && end > 0
		if name := s[m[2]:m[3]]; !beside || !strings.EqualFold(name, charset) {
			flush()
			charset = name
		}
		if !beside {
			out.WriteString(legible([]byte(between)))
		}
		bytes = append(bytes, wordBytes(s[m[4]], s[m[6]:m[7]])...)
		end = m[1]
	}
	flush()
	out.WriteString(legible([]byte(s[end:])))
	return oneLine(out.String())
}

func inCharset(b []byte, name string) string {
	if e := charsetOf(name); e != nil {
		if utf, err := e.NewDecoder().Bytes(b); err == nil {
			return legible(utf)
		}
	}
	return legible(b)
}

func wordBytes(how byte, s string) []byte {
	if how == 'b' || how == 'B' {
		return unBase64(s)
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '_':
			b = append(b, ' ')
		case s[i] == '=' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b = append(b, fromHex(s[i+1])<<4|fromHex(s[i+2]))
			i += 2
		default:
			b = append(b, s[i])
		}
	}
	return b
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

func fromHex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// unBase64 reads base64 with whatever does not belong in it left out.
func unBase64(s string) []byte {
	b := make([]byte, 0, len(s)*3/4)
	var bits, n uint
	for i := range len(s) {
		v := strings.IndexByte(alphabet, s[i])
		if v < 0 {
			continue
		}
		bits, n = bits<<6|uint(v), n+6
		if n >= 8 {
			n -= 8
			b = append(b, byte(bits>>n))
		}
	}
	return b
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
