package mail

import (
	"bytes"
	"context"
	"net"
	netmail "net/mail"
	"strings"
	"time"

	"github.com/emersion/go-msgauth/dkim"
)

// lookWithin bounds how long other people's DNS may take.
const lookWithin = 10 * time.Second

// proven says whether the mail carries a signature (DKIM) of its writer's own domain
// that covers the From line. A server that cannot be asked proves nothing.
func (h *handling) proven(ctx context.Context) bool {
	m, err := netmail.ReadMessage(bytes.NewReader(h.raw))
	if err != nil || len(m.Header["From"]) != 1 {
		return false
	}
	from := strings.ToLower(h.letter.writer())
	domain := from[strings.LastIndexByte(from, '@')+1:]
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	look := h.opt.Lookup
	if look == nil {
		look = net.DefaultResolver.LookupTXT
	}
	list, err := dkim.VerifyWithOptions(bytes.NewReader(h.raw), &dkim.VerifyOptions{
		MaxVerifications: 5, LookupTXT: func(name string) ([]string, error) { return look(ctx, name) },
	})
	if err != nil && err != dkim.ErrTooManySignatures { //nolint:errorlint // the library returns it bare
		return false
	}
	for _, v := range list {
		if v.Err == nil && aligned(domain, strings.ToLower(v.Domain)) && covers(v.HeaderKeys, "from") {
			return true
		}
	}
	return false
}

// aligned says whether a signing domain is the writer's or one above it.
func aligned(writer, signer string) bool {
	return strings.Contains(signer, ".") && (writer == signer || strings.HasSuffix(writer, "."+signer))
}

func covers(keys []string, name string) bool {
	for _, k := range keys {
		if strings.EqualFold(k, name) {
			return true
		}
	}
	return false
}
