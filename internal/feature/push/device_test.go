package push_test

import (
	"fmt"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/push"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/outside"
	"example.org/meantime/internal/platform/testkit"
)

func TestADeviceIsWhatABrowserSays(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		b := testkit.NewBrowser(t)
		fits := push.NewDevice{Name: " Firefox\non Linux ", Endpoint: h.sink.url + "/a", P256dh: b.P256dh() + "=", Auth: b.Auth() + "=="}
		if d, err := h.push.Add(t.Context(), h.mei, fits); err != nil || d.Name != "Firefox on Linux" {
			t.Fatalf("%+v (%v)", d, err)
		}
		for want, change := range map[string]func(n *push.NewDevice){
			"name_needed": func(n *push.NewDevice) { n.Name = " \u202e\n" },
			"bad_key":     func(n *push.NewDevice) { n.P256dh = strings.Repeat("A", 87) },
			"bad_secret":  func(n *push.NewDevice) { n.Auth = "AAAA" },
		} {
			n := fits
			change(&n)
			if _, err := h.push.Add(t.Context(), h.mei, n); code(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		for _, endpoint := range []string{
			"", "http://push.example/x", "https://127.0.0.1.nip.example:8443/", "https://10.0.0.1/x", "https://[::1]/", "https://169.254.169.254/x",
			"ftp://push.example/", "https://user@push.example/", "javascript:alert(1)", "https://push.example/" + strings.Repeat("x", 1000),
		} {
			n := fits
			n.Endpoint = endpoint
			if _, err := h.push.Add(t.Context(), h.mei, n); code(err) != "bad_endpoint" {
				t.Errorf("%q: %v, want bad_endpoint", endpoint, err)
			}
		}
		if n := len(h.devices(h.mei)); n != 1 {
			t.Errorf("%d devices, want 1", n)
		}
	})
}

func TestADeviceIsItsOwnersAlone(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		d := h.device(h.mei, "/a")
		kofi := h.person("Kofi", "kofi@example.org")
		if _, err := h.push.Rename(t.Context(), kofi, d.ID, "Mine"); code(err) != "not_found" {
			t.Errorf("another renames: %v", err)
		}
		if err := h.push.Remove(t.Context(), kofi, d.ID); code(err) != "not_found" {
			t.Errorf("another removes: %v", err)
		}
		if len(h.devices(kofi)) != 0 {
			t.Error("another sees it")
		}
		if got, err := h.push.Rename(t.Context(), h.mei, d.ID, "Desk"); err != nil || got.Name != "Desk" || h.devices(h.mei)[0].Name != "Desk" {
			t.Errorf("renamed: %+v (%v)", got, err)
		}
		if err := h.push.Remove(t.Context(), h.mei, d.ID); err != nil || len(h.devices(h.mei)) != 0 {
			t.Errorf("removed: %v", err)
		}
	})
}

func TestABrowserHasOneDevice(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		d := h.device(h.mei, "/a")
		if _, err := h.push.Rename(t.Context(), h.mei, d.ID, "Desk"); err != nil {
			t.Fatal(err)
		}
		h.mei.Session = id.New(h.clock.Now()) // signed in anew
		if again := h.device(h.mei, "/a"); again.ID != d.ID || again.Name != "Desk" || h.devices(h.mei)[0].SessionID != h.mei.Session {
			t.Errorf("the same browser once more: %+v", again)
		}
		b := testkit.NewBrowser(t)
		moved, err := h.push.Add(t.Context(), h.mei, push.NewDevice{Name: "x", Endpoint: h.sink.url + "/b", P256dh: b.P256dh(), Auth: b.Auth(), Replaces: h.sink.url + "/a"})
		if list := h.devices(h.mei); err != nil || moved.ID != d.ID || len(list) != 1 || !strings.HasSuffix(list[0].Endpoint, "/b") {
			t.Errorf("a new subscription in its place: %+v (%v)", list, err)
		}
		// Somebody else signs in there and turns it on.
		kofi := h.person("Kofi", "kofi@example.org")
		h.device(kofi, "/b")
		h.digest(h.mei.Person, item())
		if len(h.devices(h.mei)) != 0 || h.sink.tried("/b") != 0 {
			t.Errorf("Mei is told on Kofi's screen: %+v", h.devices(h.mei))
		}
		for i := range 19 {
			h.device(kofi, fmt.Sprintf("/k%d", i))
		}
		_, err = h.push.Add(t.Context(), kofi, push.NewDevice{Name: "x", Endpoint: h.sink.url + "/more", P256dh: b.P256dh(), Auth: b.Auth()})
		if code(err) != "too_many_devices" {
			t.Errorf("the twenty-first: %v", err)
		}
	})
}

func TestTheKeysStay(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		key := h.sink.key()
		if len(key) != 87 {
			t.Fatalf("the key is %q", key)
		}
		again := push.New(h.db, h.people, h, h, h, nopOutside(), push.Options{Origin: "https://meantime.example"})
		if k, err := again.PublicKey(t.Context()); err != nil || k != key {
			t.Errorf("after a restart %q, want %q (%v)", k, key, err)
		}
	})
}

func nopOutside() *outside.Client { return outside.New(outside.Options{}) }
