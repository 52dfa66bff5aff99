package mail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"regexp"
	"strings"
	"time"

	"example.org/meantime/internal/platform/clock"
)

// purpose is what a token is good for; a token of one is none for another.
type purpose byte

const (
	toReply  purpose = 1 // an address: what is sent there is said to a line of a mail
	toBounce purpose = 2 // an address: what comes back there did not arrive
	toStart  purpose = 3 // an address: what is sent there opens a thread
	toAct    purpose = 4 // a link: a page with one act on a line of a mail
	toFile   purpose = 5 // a link: a file of a post whose words the mail holds
)

// token is what stands in a reply address or a link, signed.
type token struct {
	Name    uint64 // the row of mail_names: 64 random bits
	Line    uint8  // of the mail, from 1; 0 is the mail as a whole
	Purpose purpose
	Arg     uint8         // of toAct: which act
	Expires clock.Instant // to the second; zero is never
}

const (
	tokenBody  = 15 // bytes
	tokenMAC   = 12 // bytes: 96 bits, beside the 64 of the name
	tokenChars = 44
	addressFor = 60 * 24 * time.Hour // how long a reply address and a link are good
)

// errToken says that a token was not made here.
var errToken = errors.New("mail: this token was not made here")

// key signs tokens.
type key []byte

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// seal writes a token in 44 letters and digits of which case does not matter.
func (k key) seal(t token) string {
	var b [tokenBody]byte
	binary.BigEndian.PutUint64(b[:], t.Name)
	b[8], b[9], b[10] = t.Line, byte(t.Purpose), t.Arg
	binary.BigEndian.PutUint32(b[11:], uint32(t.Expires.Time().Unix()*b2i(!t.Expires.IsZero())))
	return base32Lower.EncodeToString(append(b[:], k.mac(b[:])...))
}

func b2i(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (k key) mac(b []byte) []byte {
	h := hmac.New(sha256.New, k)
	_, _ = h.Write([]byte("meantime mail token 1\n"))
	_, _ = h.Write(b)
	return h.Sum(nil)[:tokenMAC]
}

// open reads a token; errToken when a bit of it is not as it was made. Whether it
// has expired is for the caller to say.
func (k key) open(s string) (t token, err error) {
	if len(s) != tokenChars {
		return t, errToken
	}
	s = strings.ToLower(s)
	b, err := base32Lower.DecodeString(s)
	// The last letter has bits to spare: only one spelling of a token is good.
	if err != nil || len(b) != tokenBody+tokenMAC || base32Lower.EncodeToString(b) != s || !hmac.Equal(b[tokenBody:], k.mac(b[:tokenBody])) {
		return t, errToken
	}
	t = token{Name: binary.BigEndian.Uint64(b), Line: b[8], Purpose: purpose(b[9]), Arg: b[10]}
	if at := binary.BigEndian.Uint32(b[11:]); at != 0 {
		t.Expires = clock.At(time.Unix(int64(at), 0))
	}
	return t, nil
}

// expired says that the token is good no more.
func (t token) expired(now clock.Instant) bool { return !t.Expires.IsZero() && t.Expires < now }

// mailbox is where mail for the house arrives.
type mailbox struct {
	local  string // around the token: "reply+{token}"
	domain string // after the @, folded
	whole  bool   // every address of the domain is ours, those of spaces too
}

const tokenMark = "{token}"

// newMailbox reads the two ways to say where mail arrives; none is no mailbox.
func newMailbox(domain, address string) (m mailbox, err error) {
	switch {
	case domain != "" && address != "":
		return m, errors.New("mail: give either a domain whose mail all comes here, or one address with " + tokenMark + " in it, not both")
	case domain != "":
		m = mailbox{local: "reply+" + tokenMark, domain: strings.ToLower(domain), whole: true}
	case address != "":
		at := strings.LastIndexByte(address, '@')
		if at < 0 || strings.Count(address[:at], tokenMark) != 1 {
			return m, errors.New("mail: the address for replies must have " + tokenMark + " before the @, such as meantime+" + tokenMark + "@example.org")
		}
		m = mailbox{local: strings.ToLower(address[:at]), domain: strings.ToLower(address[at+1:])}
	default:
		return m, nil
	}
	if !validDomain.MatchString(m.domain) {
		return m, errors.New("mail: “" + m.domain + "” is no domain that mail could come to")
	}
	if len(m.local)-len(tokenMark)+tokenChars > 64 {
		return m, errors.New("mail: with a token in it, the part before the @ of the address for replies would be longer than the 64 letters that mail allows; shorten it")
	}
	return m, nil
}

var validDomain = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`)

func (m mailbox) open() bool { return m.domain != "" }

// with is the address that holds a token.
func (m mailbox) with(token string) string {
	return strings.Replace(m.local, tokenMark, token, 1) + "@" + m.domain
}

// space is the address of a space by its handle; empty where the domain is not ours.
func (m mailbox) space(handle string) string {
	if !m.whole || handle == "" || handle == "reply" {
		return ""
	}
	return handle + "@" + m.domain
}

// read takes an address of ours apart: the token in it, or the handle of a space.
// ok is false for an address that is not ours.
func (m mailbox) read(address string) (token, handle string, ok bool) {
	at := strings.LastIndexByte(address, '@')
	if at < 1 || !m.open() || strings.ToLower(address[at+1:]) != m.domain {
		return "", "", false
	}
	local := strings.ToLower(address[:at])
	before, after, _ := strings.Cut(m.local, tokenMark)
	if len(local) == len(before)+tokenChars+len(after) && strings.HasPrefix(local, before) && strings.HasSuffix(local, after) {
		return local[len(before) : len(before)+tokenChars], "", true
	}
	if m.whole && validHandle.MatchString(local) {
		return "", local, true
	}
	return "", "", false
}

var validHandle = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$`)

// tokens finds what looks like a token of ours in an address or a link.
var tokens = regexp.MustCompile(`(?i)\b[a-z2-7]{44}\b|(?i)/mail/off/[a-z2-7]{20,40}`)

// redact takes tokens out of a text that others will read: whoever quotes a mail of
// ours would hand them out.
func redact(text string) string { return tokens.ReplaceAllString(text, "…") }
