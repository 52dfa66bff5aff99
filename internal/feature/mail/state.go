package mail

import (
	"context"
	"fmt"
	netmail "net/mail"

	"example.org/meantime/internal/platform/id"
)

// Test sends a mail to an address, for an operator who wants to see whether mail leaves.
func (s *Service) Test(ctx context.Context, to string) error {
	if s.client == nil {
		return fmt.Errorf("no mail server is set: give --smtp and --mail-from")
	}
	a, err := netmail.ParseAddress(to)
	if err != nil {
		return fmt.Errorf("%q is not an e-mail address", to)
	}
	now := s.db.Clock().Now()
	text := "Mail leaves Meantime at " + s.origin.String() + ".\n"
	if s.box.open() {
		text += "Mail comes in at " + s.box.domain + "; a reply to this one is read by nobody.\n"
	}
	return s.client.send(ctx, message{
		id: id.Encode("mail", id.New(now)) + "@" + s.host(), to: reader{address: a.Address}, from: s.from.String(), sender: s.from.Address,
		subject: "A test of mail from Meantime", text: text, auto: "auto-generated", at: now,
	})
}

// State is how mail stands, for doctor.
type State struct {
	Box    string // where mail comes in; empty for nowhere
	Doors  []string
	Held   int64 // mails that wait for their owner's word
	Paused int64 // addresses that nothing is sent to
}

// State tells how mail stands.
func (s *Service) State(ctx context.Context) (st State, err error) {
	if s.box.open() {
		st.Box = s.box.with("…")
	}
	for name, on := range map[string]string{"SMTP": s.opt.Listen, "LMTP": s.opt.LMTP, "IMAP": s.opt.IMAP.Server, "the hook": s.opt.Hook} {
		if on != "" {
			st.Doors = append(st.Doors, name)
		}
	}
	if st.Held, err = countHeld(ctx, s.db); err != nil {
		return st, err
	}
	st.Paused, err = countPaused(ctx, s.db)
	return st, err
}
