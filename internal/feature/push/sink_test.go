package push_test

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"example.org/meantime/internal/platform/testkit"
)

var b64 = base64.RawURLEncoding

// The example of RFC 8291 section 5: our reader reads what the standard wrote.
func TestOurReaderReadsTheStandard(t *testing.T) {
	raw := func(s string) []byte {
		x, err := b64.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	key, err := ecdh.P256().NewPrivateKey(raw("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
	if err != nil {
		t.Fatal(err)
	}
	b := testkit.Browser{Key: key, Secret: raw("BTBZMqHH6r4Tts7J_aSIgg")}
	got, err := b.Read(raw("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"))
	if err != nil || string(got) != "When I grow up, I want to be a watermelon" {
		t.Errorf("%q (%v)", got, err)
	}
}

// note is what a device is shown.
type note struct {
	Title, Body, URL, Tag string
	Urgent                bool
	Acts                  []button
}

type button struct {
	Label, Says, URL string
	Words            bool
}

type received struct {
	path   string
	header http.Header
	note   note
}

// sink is a push service on this machine: it decrypts what comes, checks the
// signature, and answers as the test says.
type sink struct {
	t      *testing.T
	url    string
	key    func() string // the server's public key
	closed chan struct{}

	mu       sync.Mutex
	browsers map[string]testkit.Browser // by path
	answer   func(path string, try int) (status int, header map[string]string)
	hangs    map[string]bool
	tries    map[string]int
	got      []received
	arrived  chan string
}

func serve(t *testing.T) *sink {
	t.Helper()
	s := &sink{t: t, browsers: map[string]testkit.Browser{}, hangs: map[string]bool{}, tries: map[string]int{}, closed: make(chan struct{}), arrived: make(chan string, 100)}
	srv := httptest.NewServer(s)
	s.url = srv.URL
	t.Cleanup(func() { close(s.closed); srv.Close() })
	return s
}

func (s *sink) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	s.mu.Lock()
	s.tries[r.URL.Path]++
	try, b, answer, hangs := s.tries[r.URL.Path], s.browsers[r.URL.Path], s.answer, s.hangs[r.URL.Path]
	s.mu.Unlock()
	select {
	case s.arrived <- r.URL.Path:
	default: // nobody waits
	}
	if hangs {
		select {
		case <-r.Context().Done():
		case <-s.closed:
		}
		return
	}
	status := http.StatusCreated
	if answer != nil {
		var header map[string]string
		if status, header = answer(r.URL.Path, try); status == 0 {
			status = http.StatusCreated
		}
		for k, v := range header {
			w.Header().Set(k, v)
		}
	}
	if status >= 300 || err != nil {
		w.WriteHeader(status)
		return
	}
	p := received{path: r.URL.Path, header: r.Header}
	if err := s.proven(r); err != nil {
		s.t.Errorf("the signature: %v", err)
	}
	text, err := b.Read(body)
	if err == nil {
		err = json.Unmarshal(text, &p.note)
	}
	if err != nil {
		s.t.Errorf("the message cannot be read: %v", err)
	}
	s.mu.Lock()
	s.got = append(s.got, p)
	s.mu.Unlock()
	w.WriteHeader(status)
}

// proven checks the VAPID signature (RFC 8292).
func (s *sink) proven(r *http.Request) error {
	var token, key string
	for part := range strings.SplitSeq(strings.TrimPrefix(r.Header.Get("Authorization"), "vapid "), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "t":
			token = value
		case "k":
			key = value
		}
	}
	if key != s.key() {
		return fmt.Errorf("by another key: %s", key)
	}
	pub, err := b64.DecodeString(key)
	if err != nil {
		return err
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return fmt.Errorf("no token: %q", token)
	}
	sig, err := b64.DecodeString(parts[2])
	if err != nil || len(sig) != 64 {
		return fmt.Errorf("no signature: %v", err)
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	ec, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), pub)
	if err != nil {
		return err
	}
	if !ecdsa.Verify(ec, sum[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		return errors.New("it does not hold")
	}
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	text, err := b64.DecodeString(parts[1])
	if err == nil {
		err = json.Unmarshal(text, &claims)
	}
	if err != nil || claims.Aud != "http://"+r.Host || claims.Sub != "https://meantime.example" || claims.Exp == 0 {
		return fmt.Errorf("it claims %+v (%v)", claims, err)
	}
	return nil
}

func (s *sink) pushes() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]received(nil), s.got...)
}

func (s *sink) tried(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tries[path]
}
