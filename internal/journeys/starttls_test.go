package journeys_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/feature/demo"
)

// The real program sends and takes mail under STARTTLS, with certificates that the
// test's own authority vouches for: what comes in is answered, and both ways were
// encrypted.
func TestMailGoesBothWaysUnderSTARTTLS(t *testing.T) {
	if testing.Short() {
		t.Skip("a real process is run in the long run")
	}
	ca := newAuthority(t)
	t.Setenv("SSL_CERT_FILE", ca.file) // whom the program believes
	var open atomic.Int64              // mails begun in the clear
	m := newMTAWith(t, func(m *mta, server *gosmtp.Server) {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{ca.pair}, MinVersion: tls.VersionTLS12}
		m.first = func(c *gosmtp.Conn) error {
			if _, ok := c.TLSConnectionState(); !ok {
				open.Add(1)
				return errors.New("not in the clear")
			}
			return nil
		}
	})
	data := t.TempDir()
	if err := demo.Mark(data); err != nil {
		t.Fatal(err)
	}
	var cookie *http.Cookie
	var space, own string
	o := app.Options{Data: data, Demo: true}
	o.SMTP.Domain = "in.northwind.example"
	inside(t, o, func(w *world) {
		ana := w.owner()
		space = str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
		own = str(ana.get("/spaces/"+space+"/mail"), "own")
		ana.do("POST", "/clock/advance", map[string]any{"by": "1m"}, 200)
		cookie = ana.cookie
	})
	_, port, _ := net.SplitHostPort(m.address)
	door := freePort(t)
	s := run(t, build(t), "demo", "--data", data, "--smtp", "localhost:"+port, "--smtp-tls", "starttls",
		"--mail-domain", "in.northwind.example", "--mail-listen", door, "--mail-cert", ca.cert, "--mail-key", ca.key)

	client, err := gosmtp.DialStartTLS(door, &tls.Config{ServerName: "localhost", RootCAs: ca.pool, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = client.Close() }()
	raw := "From: ana@northwind.example\r\nTo: " + own + "\r\nSubject: Under TLS\r\nMessage-ID: <tls@northwind.example>\r\n\r\nHello.\r\n"
	if err := client.SendMail("ana@northwind.example", []string{own}, strings.NewReader(raw)); err != nil {
		t.Fatal(err)
	}
	s.settled(cookie)
	if err := s.goOn(cookie); err != nil { // over a morning of hers
		t.Fatal(err)
	}
	s.opened(cookie, space, 1)
	if got := m.list(); len(got) != 1 || got[0].to != "ana@northwind.example" {
		t.Errorf("what came by STARTTLS is %v, want the one confirmation", got)
	}
	if n := open.Load(); n != 0 {
		t.Errorf("the program began %d mails in the clear", n)
	}
}

// authority vouches for localhost.
type authority struct {
	file, cert, key string // of PEM files: itself, a certificate, and its key
	pool            *x509.CertPool
	pair            tls.Certificate
}

func newAuthority(t *testing.T) (a authority) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	newKey := func() *ecdsa.PrivateKey {
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		must(err)
		return k
	}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "The test's authority"}, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "localhost"}, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0),
		DNSNames: []string{"localhost"}, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	rootKey, leafKey := newKey(), newKey()
	rootDER, err := x509.CreateCertificate(rand.Reader, root, root, &rootKey.PublicKey, rootKey)
	must(err)
	parsed, err := x509.ParseCertificate(rootDER)
	must(err)
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, parsed, &leafKey.PublicKey, rootKey)
	must(err)
	keyDER, err := x509.MarshalPKCS8PrivateKey(leafKey)
	must(err)
	dir := t.TempDir()
	write := func(name, kind string, der []byte) string {
		file := filepath.Join(dir, name)
		must(os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
		return file
	}
	a.file, a.cert, a.key = write("ca.pem", "CERTIFICATE", rootDER), write("cert.pem", "CERTIFICATE", leafDER), write("key.pem", "PRIVATE KEY", keyDER)
	a.pool = x509.NewCertPool()
	a.pool.AddCert(parsed)
	a.pair, err = tls.LoadX509KeyPair(a.cert, a.key)
	must(err)
	return a
}
