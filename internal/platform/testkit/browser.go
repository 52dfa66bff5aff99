package testkit

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"testing"
)

// Browser holds the keys of a push subscription, as a browser would.
type Browser struct {
	Key    *ecdh.PrivateKey
	Secret []byte
}

// NewBrowser makes keys.
func NewBrowser(t testing.TB) Browser {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := Browser{Key: key, Secret: make([]byte, 16)}
	_, _ = rand.Read(b.Secret)
	return b
}

// P256dh is the public key as a browser says it.
func (b Browser) P256dh() string {
	return base64.RawURLEncoding.EncodeToString(b.Key.PublicKey().Bytes())
}

// Auth is the secret as a browser says it.
func (b Browser) Auth() string { return base64.RawURLEncoding.EncodeToString(b.Secret) }

// Read decrypts a message: RFC 8291 over RFC 8188, one record.
func (b Browser) Read(body []byte) ([]byte, error) {
	if len(body) < 21 {
		return nil, errors.New("no header")
	}
	salt, size, n := body[:16], binary.BigEndian.Uint32(body[16:20]), int(body[20])
	if len(body) < 21+n {
		return nil, errors.New("no key")
	}
	pub, sealed := body[21:21+n], body[21+n:]
	if len(sealed) > int(size) {
		return nil, errors.New("more than one record")
	}
	theirs, err := ecdh.P256().NewPublicKey(pub)
	if err != nil {
		return nil, err
	}
	shared, err := b.Key.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	info := append(append([]byte("WebPush: info\x00"), b.Key.PublicKey().Bytes()...), pub...)
	ikm, err := hkdf.Key(sha256.New, shared, b.Secret, string(info), 32)
	if err != nil {
		return nil, err
	}
	cek, _ := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	nonce, _ := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	block, err := aes.NewCipher(cek)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain, err := gcm.Open(nil, nonce, sealed, nil)
	if err != nil {
		return nil, err
	}
	plain = bytes.TrimRight(plain, "\x00")
	if len(plain) == 0 || plain[len(plain)-1] != 2 {
		return nil, errors.New("no delimiter of a last record")
	}
	return plain[:len(plain)-1], nil
}
