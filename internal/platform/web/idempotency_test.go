package web_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

const ringOnce = `{"name":"north"}`

func TestARepeatGetsTheFirstAnswer(t *testing.T) {
	engines(t, func(t *testing.T, v *door) {
		first := v.ask("POST", "/api/v1/bells", ringOnce, "X-Who: ana", "Idempotency-Key: k")
		want := text(t, first)
		again := v.ask("POST", "/api/v1/bells", ringOnce, "X-Who: ana", "Idempotency-Key: k")
		if got := text(t, again); again.StatusCode != 201 || got != want || again.Header.Get("Idempotent-Replay") != "true" || again.Header.Get("Content-Type") != first.Header.Get("Content-Type") {
			t.Errorf("the repeat got %d %s %v, want %s", again.StatusCode, got, again.Header, want)
		}
		if n := v.times(); n != 1 {
			t.Errorf("it rang %d times", n)
		}
		t.Run("another intent rings again", func(t *testing.T) {
			for _, headers := range [][]string{
				{"X-Who: ana", "Idempotency-Key: other"},
				{"X-Who: ben", "Idempotency-Key: k"},
				{"X-Who: ana"},
			} {
				before := v.times()
				if r := v.ask("POST", "/api/v1/bells", ringOnce, headers...); r.StatusCode != 201 || v.times() != before+1 {
					t.Errorf("%v: %d, rang %d times more", headers, r.StatusCode, v.times()-before)
				}
			}
		})
		t.Run("the same key for something else is refused", func(t *testing.T) {
			problem(t, v.ask("POST", "/api/v1/bells", `{"name":"south"}`, "X-Who: ana", "Idempotency-Key: k"), 422, "idempotency_key_reused")
			problem(t, v.ask("POST", "/api/v1/bells?x=1", ringOnce, "X-Who: ana", "Idempotency-Key: k"), 422, "idempotency_key_reused")
			problem(t, v.ask("POST", "/api/v1/secrets", ringOnce, "X-Who: ana", "Idempotency-Key: k"), 422, "idempotency_key_reused")
		})
		t.Run("a refusal is not kept", func(t *testing.T) {
			for range 2 {
				r := v.ask("POST", "/api/v1/bells", `{"name":"cracked"}`, "X-Who: ana", "Idempotency-Key: c")
				if problem(t, r, 409, "cracked"); r.Header.Get("Idempotent-Replay") != "" {
					t.Error("a refusal was replayed")
				}
			}
		})
		t.Run("a key too long", func(t *testing.T) {
			problem(t, v.ask("POST", "/api/v1/bells", ringOnce, "X-Who: ana", "Idempotency-Key: "+strings.Repeat("k", 201)), 422, "idempotency_key")
		})
	})
}

// The process dies between the effect and its answer: the effect is there, and a
// repeat does not have it twice.
func TestAnEffectWithoutAnAnswerIsNotRepeated(t *testing.T) {
	engines(t, func(t *testing.T, v *door) {
		v.after = func() { panic("the machine stops") }
		problem(t, v.ask("POST", "/api/v1/bells", ringOnce, "X-Who: ana", "Idempotency-Key: k"), 500, "internal")
		v.after = func() {}
		restarted := v.handler(web.Options{})
		for range 2 {
			problem(t, request(restarted, "POST", "/api/v1/bells", ringOnce, "X-Who: ana", "Idempotency-Key: k"), 409, "done_already")
		}
		if n := v.times(); n != 1 {
			t.Errorf("it rang %d times", n)
		}
	})
}

func TestSecretsAreNotKept(t *testing.T) {
	engines(t, func(t *testing.T, v *door) {
		const twice = `{"name":"north","twice":true}`
		if r := v.ask("POST", "/api/v1/secrets", twice, "X-Who: ana", "Idempotency-Key: k"); r.StatusCode != 201 {
			t.Fatalf("got %d: %s", r.StatusCode, text(t, r))
		}
		problem(t, v.ask("POST", "/api/v1/secrets", twice, "X-Who: ana", "Idempotency-Key: k"), 409, "done_already")
		kept, err := db.All[string](t.Context(), v.db, `SELECT idem_key FROM web_idempotency WHERE status <> 0`)
		if err != nil || len(kept) != 0 {
			t.Errorf("kept %v, %v", kept, err)
		}
		if n := v.times(); n != 2 {
			t.Errorf("it rang %d times, want 2 by the first request alone", n)
		}
	})
}

// Two nodes get the same request at the same time.
func TestTwoNodesDoAThingOnce(t *testing.T) {
	engines(t, func(t *testing.T, v *door) {
		nodes := []http.Handler{v.handler(web.Options{}), v.handler(web.Options{})}
		codes := make([]int, 16)
		var all sync.WaitGroup
		for i := range codes {
			all.Go(func() {
				codes[i] = request(nodes[i%2], "POST", "/api/v1/bells", ringOnce, "X-Who: ana", "Idempotency-Key: k").StatusCode
			})
		}
		all.Wait()
		for _, c := range codes {
			if c != 201 && c != 409 {
				t.Errorf("one got %d", c)
			}
		}
		if n := v.times(); n != 1 {
			t.Errorf("it rang %d times", n)
		}
	})
}

func TestKeysAreForgottenAfterTwoDays(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		v := newDoor(t, d)
		v.ask("POST", "/api/v1/bells", ringOnce, "X-Who: ana", "Idempotency-Key: old")
		c.Advance(49 * time.Hour)
		v.ask("POST", "/api/v1/bells", ringOnce, "X-Who: ana", "Idempotency-Key: new")
		d.Drain()
		left, err := db.All[string](t.Context(), d, `SELECT idem_key FROM web_idempotency`)
		if err != nil || len(left) != 1 || left[0] != "new" {
			t.Errorf("kept %v, %v", left, err)
		}
	})
}
