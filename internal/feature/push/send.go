package push

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/SherClockHolmes/webpush-go"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/outside"
	"example.org/meantime/worktime"
)

// sendLimits bound one push: services answer at once or not at all.
var sendLimits = outside.Limits{Time: 5 * time.Second, Answer: 64 << 10}

// outcome is how a push service answered.
type outcome int

const (
	taken   outcome = iota
	gone            // the subscription is no more
	later           // the service is busy or out of reach
	refused         // it will not take this, however often it is asked
)

// reply is an outcome, when to try again at the earliest (as a wait; 0: it did not
// say), whether the service said anything, and whether nothing came back in time.
type reply struct {
	outcome  outcome
	wait     time.Duration
	answered bool
	slow     bool
	problem  string // for the device's owner
}

// push hands one note to a device's service. The error is ours: the note could not
// be written at all.
func (s *Service) push(ctx context.Context, d Device, n note, ttl time.Duration, urgency webpush.Urgency) (reply, error) {
	keys, err := s.keyPair(ctx)
	if err != nil {
		return reply{}, err
	}
	text, err := json.Marshal(n)
	if err != nil {
		return reply{}, err
	}
	to := &webpush.Subscription{Endpoint: d.Endpoint, Keys: webpush.Keys{P256dh: d.P256dh, Auth: d.Auth}}
	resp, err := webpush.SendNotificationWithContext(ctx, text, to, &webpush.Options{
		HTTPClient: s.outside, Subscriber: s.contact, VAPIDPublicKey: keys.PublicKey, VAPIDPrivateKey: keys.PrivateKey,
		TTL: int(ttl / time.Second), Topic: topic(n.Tag), Urgency: urgency,
	})
	if err != nil {
		if ctx.Err() != nil {
			return reply{}, ctx.Err()
		}
		return reply{outcome: later, slow: errors.Is(err, outside.ErrTooSlow), problem: "The push service of this device could not be reached."}, nil
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, resp.Body) // so that the connection can be used again
	r := replyOf(resp.StatusCode, resp.Header.Get("Retry-After"), clock.System{}.Now().Time())
	r.answered = true
	return r, nil
}

// replyOf reads a status (RFC 8030 sections 5 and 7.3).
func replyOf(status int, retryAfter string, now time.Time) reply {
	switch {
	case status >= 200 && status < 300:
		return reply{outcome: taken}
	case status == 404, status == 410:
		return reply{outcome: gone}
	case status == 408, status == 425, status == 429, status >= 500:
		return reply{outcome: later, wait: waitOf(retryAfter, now), problem: "The push service of this device asked us to wait."}
	}
	return reply{outcome: refused, problem: "The push service of this device refuses what we send. Turn push off and on again on the device."}
}

const (
	longestWait = 24 * time.Hour
	httpDate    = "Mon, 02 Jan 2006 15:04:05 GMT"
)

// waitOf reads Retry-After: seconds or a date. What makes no sense says nothing.
func waitOf(header string, now time.Time) time.Duration {
	header = strings.TrimSpace(header)
	if n, err := strconv.Atoi(header); err == nil && n >= 0 {
		return min(time.Duration(min(n, 1<<20))*time.Second, longestWait)
	}
	if at, err := time.Parse(httpDate, header); err == nil && at.After(now) {
		return min(at.Sub(now), longestWait)
	}
	return 0
}

// topic is a digest's name as RFC 8030 allows it, at most 32 characters: at the
// service a repeat takes the place of what still waits there.
func topic(tag string) string {
	x, err := id.Decode("dig", tag)
	if err != nil {
		return "test"
	}
	return base64.RawURLEncoding.EncodeToString(x[:])
}

func urgencyOf(u worktime.Urgency) webpush.Urgency {
	if u == worktime.Urgent {
		return webpush.UrgencyHigh
	}
	return webpush.UrgencyNormal
}
