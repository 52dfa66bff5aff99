package mail

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/web"
)

// hookFor is how old a signed request may be, and how far ahead its clock.
const hookFor = 5 * time.Minute

type mailInIn struct {
	Timestamp string `header:"Meantime-Timestamp" doc:"Seconds since 1970 when the request was signed; at most five minutes off."`
	Signature string `header:"Meantime-Signature" doc:"v1= and the HMAC-SHA256, in hexadecimal, of the timestamp, a full stop and the body, under the secret of the hook."`
	Recipient string `header:"Meantime-Recipient" doc:"The address of the envelope. Without it, the mail's own header says whom it was sent to." maxLength:"320"`
	RawBody   []byte `contentType:"message/rfc822"`
}

// MailInOut says for how many addresses a mail was taken in.
type MailInOut struct {
	Taken int `json:"taken"`
}

// mailIn takes a mail from a provider's hook. When it answers 2xx the mail is safe.
func (s *Service) mailIn(ctx context.Context, in *mailInIn) (*web.Out[MailInOut], error) {
	if s.opt.Hook == "" {
		return nil, fault.New(fault.NotFound, "no_such_address", "No mail comes in this way here.")
	}
	if err := checkHook(s.opt.Hook, in.Timestamp, in.Signature, in.RawBody, clock.System{}.Now()); err != nil {
		return nil, err
	}
	sender, to := s.addressed(in.RawBody)
	if in.Recipient != "" {
		to = []string{in.Recipient}
	}
	if len(to) == 0 {
		return nil, fault.New(fault.Invalid, "no_recipient", "None of the mail's addresses is one of ours; name the envelope's in Meantime-Recipient.")
	}
	for _, address := range to {
		if err := s.Accept(ctx, Envelope{Door: "hook", Sender: sender, Recipient: address}, in.RawBody); err != nil {
			return nil, err
		}
	}
	return &web.Out[MailInOut]{Body: MailInOut{len(to)}}, nil
}

func checkHook(secret, timestamp, signature string, body []byte, now clock.Instant) error {
	no := fault.New(fault.Unauthenticated, "bad_signature", "The signature of this request is not right, or its time is more than five minutes off.")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return no
	}
	if off := now.Time().Sub(time.Unix(seconds, 0)); off > hookFor || off < -hookFor {
		return no
	}
	given, err := hex.DecodeString(strings.TrimPrefix(signature, "v1="))
	if err != nil || !hmac.Equal(given, SignHook(secret, timestamp, body)) {
		return no
	}
	return nil
}

// SignHook is the signature of a request to the hook.
func SignHook(secret, timestamp string, body []byte) []byte {
	h := hmac.New(sha256.New, []byte(secret))
	_, _ = h.Write([]byte(timestamp + "."))
	_, _ = h.Write(body)
	return h.Sum(nil)
}
