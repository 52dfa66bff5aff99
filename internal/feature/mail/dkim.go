package mail

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/emersion/go-msgauth/dkim"
)

// signer signs mail under two selectors: with RSA, which everybody can check, and
// with ed25519, which newer programs prefer.
type signer []*dkim.SignOptions

// signedHeaders are what a signature covers; a header twice in the list may not be
// added to the mail afterwards.
var signedHeaders = []string{
	"From", "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Reply-To",
	"List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
}

// signed adds the signatures, where mail is signed at all.
func (s *Service) signed(ctx context.Context, raw []byte) ([]byte, error) {
	if s.opt.DKIM == "" {
		return raw, nil
	}
	sign, err := s.signer(ctx)
	if err != nil {
		return nil, err
	}
	for _, o := range sign {
		var b bytes.Buffer
		if err := dkim.Sign(&b, bytes.NewReader(raw), o); err != nil {
			return nil, fmt.Errorf("mail: sign: %w", err)
		}
		raw = b.Bytes()
	}
	return raw, nil
}

func (s *Service) signer(ctx context.Context) (signer, error) {
	s.keys.Lock()
	defer s.keys.Unlock()
	if s.keys.sign != nil {
		return s.keys.sign, nil
	}
	domain := s.from.Address[strings.LastIndexByte(s.from.Address, '@')+1:]
	var out signer
	for _, k := range dkimKeys {
		der, err := secretOf(ctx, s.db, "dkim-"+k.name, k.make)
		if err != nil {
			return nil, err
		}
		private, err := x509.ParsePKCS8PrivateKey(der)
		if err != nil {
			return nil, fmt.Errorf("mail: read the key for signatures: %w", err)
		}
		out = append(out, &dkim.SignOptions{
			Domain: domain, Selector: s.opt.DKIM + k.suffix, Signer: private.(crypto.Signer), HeaderKeys: signedHeaders,
			HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
		})
	}
	s.keys.sign = out
	return out, nil
}

var dkimKeys = []struct {
	name, suffix string
	make         func() []byte
}{
	{"ed25519", "-ed", func() []byte {
		_, k, _ := ed25519.GenerateKey(rand.Reader)
		return pkcs8(k)
	}},
	{"rsa", "", func() []byte {
		k, _ := rsa.GenerateKey(rand.Reader, 2048)
		return pkcs8(k)
	}},
}

func pkcs8(k any) []byte {
	b, _ := x509.MarshalPKCS8PrivateKey(k)
	return b
}

// Record is a TXT record that the operator puts into the DNS.
type Record struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// DKIM lists the records by which others check our signatures. The keys are made when
// first asked for, and stay.
func (s *Service) DKIM(ctx context.Context) ([]Record, error) {
	if s.opt.DKIM == "" {
		return nil, fmt.Errorf("no selector is set: choose one, such as --mail-dkim mt2026")
	}
	sign, err := s.signer(ctx)
	if err != nil {
		return nil, err
	}
	var out []Record
	for _, o := range sign {
		kind, public := "rsa", []byte(nil)
		switch k := o.Signer.Public().(type) {
		case ed25519.PublicKey:
			kind, public = "ed25519", k
		default:
			if public, err = x509.MarshalPKIXPublicKey(k); err != nil {
				return nil, err
			}
		}
		out = append(out, Record{o.Selector + "._domainkey." + o.Domain, "v=DKIM1; k=" + kind + "; p=" + base64.StdEncoding.EncodeToString(public)})
	}
	return out, nil
}
