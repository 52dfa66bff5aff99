package push_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/push"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

func TestADigestReachesADeviceOnce(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		d := h.device(h.mei, "/a")
		g := h.digest(h.mei.Person, item())
		if err := h.push.Deliver(t.Context(), h.workspace, g.ID, d.ID); err != nil {
			t.Fatal(err)
		}
		got := h.sink.pushes()
		if len(got) != 1 {
			t.Fatalf("%d pushes, want 1", len(got))
		}
		tag := id.Encode("dig", g.ID)
		if want := (note{Title: "Pricing page", Body: "Ana Petrova asks you to review: the pricing page", URL: "/threads/thr_x#post_y", Tag: tag}); !reflect.DeepEqual(got[0].note, want) {
			t.Errorf("shown %+v, want %+v", got[0].note, want)
		}
		for name, want := range map[string]string{
			"Content-Encoding": "aes128gcm", "Urgency": "normal", "User-Agent": "Meantime/9",
			"Ttl":   strconv.Itoa(7 * 3600), // until five, when Mei's day ends
			"Topic": base64.RawURLEncoding.EncodeToString(g.ID[:]),
		} {
			if got := got[0].header.Get(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		if list := h.devices(h.mei); list[0].ReachedAt != h.clock.Now() || list[0].Problem != "" {
			t.Errorf("the device: %+v", list[0])
		}
	})
}

func TestSeveralThingsAreCounted(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.device(h.mei, "/a")
		long := push.Item{Title: "one\nline " + strings.Repeat("é", 300) + "\u202e", Path: "//evil.example"}
		h.digest(h.mei.Person, item(), long, item(), item(), item())
		h.digest(h.mei.Person, long)
		got := h.sink.pushes()
		if len(got) != 2 || got[0].note.Title != "5 things for you" || !strings.HasSuffix(got[0].note.Body, "\nand 2 more") || !strings.HasPrefix(got[0].note.URL, "/digests/dig_") {
			t.Fatalf("shown %+v", got)
		}
		if n := got[1].note; n.Title != "One thing for you" || n.URL != "/inbox" || len([]rune(n.Body)) != 120 || strings.ContainsAny(n.Body, "\n\u202e") {
			t.Errorf("shown %+v", n)
		}
	})
}

func TestNothingRingsOutsideHours(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.device(h.mei, "/a")
		h.clock.Set(clock.At(monday(18, 0)))
		h.digest(h.mei.Person, item())
		h.tell(worktime.Urgent, h.mei.Person, item())
		h.settle()
		h.want(0, "at six in the evening")
		h.clock.Set(clock.At(monday(24+8, 59)))
		h.settle()
		h.want(0, "before nine")
		h.clock.Set(clock.At(monday(24+9, 0)))
		h.settle()
		h.want(2, "at nine")
	})
}

func TestWhoAgreedIsPaged(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.device(h.mei, "/a")
		h.agreed[h.mei.Person] = true
		h.clock.Set(clock.At(monday(23, 0)))
		h.digest(h.mei.Person, item())
		h.want(0, "routine, at night")
		h.tell(worktime.Urgent, h.mei.Person, item())
		h.settle()
		h.want(1, "urgent, at night")
		if p := h.sink.pushes()[0]; p.header.Get("Urgency") != "high" || p.header.Get("Ttl") != "3600" || p.note.Title != "Urgent: Pricing page" || !p.note.Urgent {
			t.Errorf("%+v %v", p.note, p.header)
		}
	})
}

// What waits at a push service for a laptop that is shut must not ring in the evening.
func TestAPushWaitsNoLongerThanTheDay(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.device(h.mei, "/a")
		h.clock.Set(clock.At(monday(16, 59).Add(30 * time.Second)))
		h.digest(h.mei.Person, item())
		h.want(1, "half a minute before five")
		if got := h.sink.pushes()[0].header.Get("Ttl"); got != "30" {
			t.Errorf("TTL is %s, want 30", got)
		}
	})
}

func TestADeviceThatIsGoneIsRemoved(t *testing.T) {
	for _, status := range []int{404, 410} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			houses(t, func(t *testing.T, h *house) {
				h.device(h.mei, "/gone")
				h.device(h.mei, "/here")
				h.sink.answer = func(path string, _ int) (int, map[string]string) {
					return map[string]int{"/gone": status}[path], nil
				}
				h.digest(h.mei.Person, item())
				h.want(1, "to the other")
				if list := h.devices(h.mei); len(list) != 1 || !strings.HasSuffix(list[0].Endpoint, "/here") {
					t.Errorf("devices %+v", list)
				}
			})
		})
	}
}

func TestAServiceThatAsksForPatienceGetsIt(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.device(h.mei, "/a")
		h.sink.answer = func(_ string, try int) (int, map[string]string) {
			return []int{429, 503, 201}[try-1], map[string]string{"Retry-After": []string{"600", "", ""}[try-1]}
		}
		h.digest(h.mei.Person, item())
		if list := h.devices(h.mei); list[0].Problem == "" || list[0].FailingSince.IsZero() {
			t.Errorf("the trouble does not show: %+v", list[0])
		}
		h.clock.Advance(9 * time.Minute)
		h.settle()
		if n := h.sink.tried("/a"); n != 1 {
			t.Errorf("tried %d times within ten minutes, want 1", n)
		}
		h.clock.Advance(time.Minute)
		h.settle()
		h.clock.Advance(30 * time.Second)
		h.settle()
		if n := h.sink.tried("/a"); n != 2 {
			t.Errorf("tried %d times, want 2 and a longer pause", n)
		}
		h.clock.Advance(time.Minute)
		h.settle()
		h.want(1, "at the third try")
		if list := h.devices(h.mei); list[0].Problem != "" {
			t.Errorf("the trouble still shows: %+v", list[0])
		}
	})
}

func TestAPushIsGivenUpAfterADay(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.device(h.mei, "/a")
		h.sink.answer = func(string, int) (int, map[string]string) { return 500, nil }
		h.digest(h.mei.Person, item())
		for range 36 {
			h.clock.Advance(time.Hour)
			h.settle()
		}
		tries := h.sink.tried("/a")
		if tries < 6 || tries > 12 {
			t.Errorf("tried %d times over a working day and a bit", tries)
		}
		h.sink.answer = nil
		h.clock.Set(clock.At(monday(3*24+10, 0)))
		h.settle()
		h.want(0, "on Thursday")
		// What keeps failing for a month is removed.
		h.sink.answer = func(string, int) (int, map[string]string) { return 500, nil }
		h.clock.Set(clock.At(monday(35*24+10, 0)))
		h.digest(h.mei.Person, item())
		if list := h.devices(h.mei); len(list) != 0 {
			t.Errorf("after five weeks: %+v", list)
		}
	})
}

func TestARefusalIsFinal(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		h.device(h.mei, "/a")
		h.sink.answer = func(string, int) (int, map[string]string) { return 403, nil }
		h.digest(h.mei.Person, item())
		h.clock.Advance(2 * time.Hour)
		h.settle()
		if list := h.devices(h.mei); h.sink.tried("/a") != 1 || !strings.Contains(list[0].Problem, "off and on again") {
			t.Errorf("tried %d times: %+v", h.sink.tried("/a"), list)
		}
	})
}

func TestNothingGoesToThoseWhoShouldNotGetIt(t *testing.T) {
	for _, c := range []struct {
		name    string
		between func(h *house, d push.Device, g push.Digest)
		left    int // devices
	}{
		{"who may read none of it any more", func(h *house, _ push.Device, g push.Digest) {
			h.digests[g.ID] = push.Digest{ID: g.ID, Person: g.Person}
		}, 1},
		{"whose digest is no more", func(h *house, _ push.Device, g push.Digest) { delete(h.digests, g.ID) }, 1},
		{"who signed out there", func(h *house, d push.Device, _ push.Digest) { h.out[d.SessionID] = true }, 1},
		{"who removed the device", func(h *house, d push.Device, _ push.Digest) {
			if err := h.push.Remove(h.t.Context(), h.mei, d.ID); err != nil {
				h.t.Fatal(err)
			}
		}, 0},
		{"who was removed", func(h *house, _ push.Device, _ push.Digest) {
			boss := h.let(people.NewPerson{Name: "Olga", Email: "olga@example.org", Zone: "UTC", Role: actor.Owner})
			if err := h.people.Remove(h.t.Context(), boss, h.mei.Person); err != nil {
				h.t.Fatal(err)
			}
		}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			houses(t, func(t *testing.T, h *house) {
				d := h.device(h.mei, "/a")
				h.clock.Set(clock.At(monday(18, 0)))
				g := h.digest(h.mei.Person, item()) // waits for the morning
				c.between(h, d, g)
				h.clock.Set(clock.At(monday(24+9, 0)))
				h.settle()
				if h.sink.tried("/a") != 0 {
					t.Error("something went out")
				}
				if list := h.devices(h.mei); len(list) != c.left {
					t.Errorf("%d devices are left, want %d", len(list), c.left)
				}
			})
		})
	}
}

// A push service that hangs delays neither another's devices nor other work.
func TestAServiceThatHangsHoldsNobodyUp(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		slow := serve(t)
		var persons []actor.Actor
		for i := range 12 {
			p := h.person(fmt.Sprintf("Person %d", i), fmt.Sprintf("p%d@example.org", i))
			path := fmt.Sprintf("/slow%d", i)
			b := testkit.NewBrowser(t)
			slow.hangs[path] = true
			if _, err := h.push.Add(t.Context(), p, push.NewDevice{Name: "Slow", Endpoint: slow.url + path, P256dh: b.P256dh(), Auth: b.Auth()}); err != nil {
				t.Fatal(err)
			}
			persons = append(persons, p)
		}
		h.device(h.mei, "/quick")
		h.digest(h.mei.Person, item()) // its service is known to answer
		for _, p := range persons {
			h.tell(worktime.Routine, p.Person, item())
		}
		g := h.tell(worktime.Routine, h.mei.Person, item())
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		if err := h.followers.Settle(ctx); err != nil {
			t.Fatal(err)
		}
		<-h.sink.arrived
		watch := clock.Stopwatch()
		go func() { done <- h.jobs.Run(ctx) }()
		<-h.sink.arrived
		if took := clock.Since(watch); took > 3*time.Second {
			t.Errorf("it took %s while %d hang", took, len(persons))
		}
		_ = g
		stop()
		<-done
	})
}

// The answer was yes and was lost: the repeat bears the same name, so that service
// and browser put it in the place of the first.
func TestALateYesRepeatsUnderTheSameName(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		d := h.device(h.mei, "/a")
		g := h.digest(h.mei.Person, item())
		h.write(func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("a test plays a lost answer")
			_, err := tx.Exec(ctx, `DELETE FROM push_sends WHERE workspace_id = $1`, h.workspace)
			return err
		})
		if err := h.push.Deliver(t.Context(), h.workspace, g.ID, d.ID); err != nil {
			t.Fatal(err)
		}
		got := h.sink.pushes()
		if len(got) != 2 || !reflect.DeepEqual(got[0].note, got[1].note) || got[0].header.Get("Topic") != got[1].header.Get("Topic") {
			t.Errorf("%d pushes, want two of one name", len(got))
		}
	})
}

func TestSomebodyTriesADevice(t *testing.T) {
	houses(t, func(t *testing.T, h *house) {
		d := h.device(h.mei, "/a")
		h.clock.Set(clock.At(monday(22, 0))) // asked for, so at once
		if err := h.push.Try(t.Context(), h.mei, d.ID); err != nil {
			t.Fatal(err)
		}
		h.want(1, "a test at night")
		if err := h.push.Try(t.Context(), h.mei, d.ID); code(err) != "tested_just_now" || fault.As(err).Retry != 5 {
			t.Errorf("twice: %v", err)
		}
		other := h.person("Kofi", "kofi@example.org")
		if err := h.push.Try(t.Context(), other, d.ID); code(err) != "not_found" {
			t.Errorf("another's: %v", err)
		}
		h.clock.Advance(5 * time.Second)
		h.sink.answer = func(string, int) (int, map[string]string) { return 500, nil }
		if err := h.push.Try(t.Context(), h.mei, d.ID); code(err) != "push_failed" {
			t.Errorf("a service in trouble: %v", err)
		}
		h.clock.Advance(5 * time.Second)
		h.sink.answer = func(string, int) (int, map[string]string) { return 410, nil }
		if err := h.push.Try(t.Context(), h.mei, d.ID); code(err) != "device_gone" || len(h.devices(h.mei)) != 0 {
			t.Errorf("a device that is gone: %v", err)
		}
	})
}

func monday(hour, minute int) time.Time {
	return time.Date(2026, 10, 5, hour, minute, 0, 0, time.UTC)
}
