package mail

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// MyMail is how mail stands for the reader.
type MyMail struct {
	Address string      `json:"address" doc:"Where mail to me goes; empty for nowhere."`
	Takes   bool        `json:"takes" doc:"Mail can be answered by mail here."`
	Paused  *MailPaused `json:"paused" doc:"Nothing is sent to the address because mail came back; null while it is."`
	Aliases []string    `json:"aliases" nullable:"false" doc:"Other addresses that I said are mine."`
	Held    []HeldMail  `json:"held" nullable:"false" doc:"Mails in my name from elsewhere, which wait for my word."`
}

// MailPaused says since when mail is paused, and why.
type MailPaused struct {
	At  time.Time `json:"at"`
	Why string    `json:"why" doc:"What the other server said."`
}

// HeldMail is a mail that came in the reader's name from an address that is not theirs.
type HeldMail struct {
	ID      string    `json:"id"`
	From    string    `json:"from"`
	Subject string    `json:"subject"`
	At      time.Time `json:"at"`
}

// SpaceMail is where a thread in a space is started by mail.
type SpaceMail struct {
	Shared string `json:"shared" doc:"For everybody who may write in the space; empty for a private space, or where no mail comes in."`
	Own    string `json:"own" doc:"For the reader alone: whoever knows it and writes from their address is them."`
}

func (s *Service) routesMine(a *web.API) {
	const tag = "mail"
	most := int64(1 << 10) // nothing is read where the hook is closed
	if s.opt.Hook != "" {
		most += s.opt.MaxSize
	}
	web.Handle(a, web.Op{Method: "GET", Path: "/me/mail", ID: "getMyMail", Summary: "See how mail stands for you", Tag: tag}, s.getMine)
	web.Handle(a, web.Op{Method: "POST", Path: "/me/mail/resumption", ID: "resumeMail", Summary: "Have mail sent to your address again after it came back", Tag: tag, Status: 204}, s.postResume)
	web.Handle(a, web.Op{Method: "POST", Path: "/me/mail/rotation", ID: "rotateMail", Summary: "Make all reply addresses and links that you were sent good for nothing", Tag: tag, Status: 204}, s.postRotate)
	web.Handle(a, web.Op{Method: "DELETE", Path: "/me/mail/aliases/{address}", ID: "dropMailAlias", Summary: "Say that another address is yours no longer", Tag: tag, Status: 204}, s.deleteAlias)
	web.Handle(a, web.Op{Method: "POST", Path: "/mail/held/{held}/confirmation", ID: "confirmMail", Summary: "Say that a mail in your name is yours; what it says is done", Tag: tag, Status: 204}, s.postConfirm)
	web.Handle(a, web.Op{Method: "DELETE", Path: "/mail/held/{held}", ID: "discardMail", Summary: "Say that a mail in your name is not yours", Tag: tag, Status: 204}, s.deleteHeld)
	web.Handle(a, web.Op{Method: "GET", Path: "/posts/{mailed}/original", ID: "getPostOriginal", Summary: "Read the whole mail that a post was made of", Tag: tag}, s.getOriginal)
	web.Handle(a, web.Op{Method: "GET", Path: "/posts/{mailed}/original/file", ID: "getPostOriginalFile", Summary: "Download the mail that a post of yours was made of, as it came", Tag: tag}, s.getOriginalFile)
	web.Handle(a, web.Op{Method: "GET", Path: "/spaces/{space}/mail", ID: "getSpaceMail", Summary: "The addresses by which a thread in a space is started by mail", Tag: tag}, s.getSpaceMail)
	web.Handle(a, web.Op{Method: "POST", Path: "/mail/in", ID: "mailIn", Summary: "Take a mail in, as its bytes; signed, for mail providers", Tag: tag, Public: true, Status: 202, Max: most}, s.mailIn)
}

func (s *Service) getMine(ctx context.Context, _ *struct{}) (*web.Out[MyMail], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	m, err := s.Mine(ctx, who)
	if err != nil {
		return nil, err
	}
	out := MyMail{Address: m.Address, Takes: m.Takes, Aliases: m.Aliases, Held: []HeldMail{}}
	if out.Aliases == nil {
		out.Aliases = []string{}
	}
	if !m.Paused.PausedAt.IsZero() {
		out.Paused = &MailPaused{At: m.Paused.PausedAt.Time(), Why: m.Paused.Why}
	}
	for _, r := range m.Held {
		out.Held = append(out.Held, HeldMail{ID: id.Encode("held", r.ID), From: r.FromAddress, Subject: r.Subject, At: r.ReceivedAt.Time()})
	}
	return &web.Out[MyMail]{Body: out}, nil
}

// acting runs something on the actor's own behalf.
func acting(ctx context.Context, f func(actor.Actor) error) (*web.None, error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	return &web.None{}, f(who)
}

func (s *Service) postResume(ctx context.Context, _ *struct{}) (*web.None, error) {
	return acting(ctx, func(a actor.Actor) error { return s.Resume(ctx, a) })
}

func (s *Service) postRotate(ctx context.Context, _ *struct{}) (*web.None, error) {
	return acting(ctx, func(a actor.Actor) error { return s.Rotate(ctx, a) })
}

func (s *Service) deleteAlias(ctx context.Context, in *struct {
	Address string `path:"address" maxLength:"320"`
},
) (*web.None, error) {
	return acting(ctx, func(a actor.Actor) error { return s.DropAlias(ctx, a, in.Address) })
}

type heldIn struct {
	Held string `path:"held"`
}

func (s *Service) decide(ctx context.Context, held string, yes, always bool) (*web.None, error) {
	return acting(ctx, func(a actor.Actor) error {
		mail, err := id.Decode("held", held)
		if err != nil {
			return err
		}
		return s.Decide(ctx, a, mail, yes, always)
	})
}

func (s *Service) postConfirm(ctx context.Context, in *struct {
	Held string `path:"held"`
	Body struct {
		Always bool `json:"always,omitempty" doc:"The address is mine from now on."`
	}
},
) (*web.None, error) {
	return s.decide(ctx, in.Held, true, in.Body.Always)
}

func (s *Service) deleteHeld(ctx context.Context, in *heldIn) (*web.None, error) {
	return s.decide(ctx, in.Held, false, false)
}

func (s *Service) getSpaceMail(ctx context.Context, in *struct {
	Space string `path:"space"`
},
) (*web.Out[SpaceMail], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	space, err := id.Decode("sp", in.Space)
	if err != nil {
		return nil, err
	}
	shared, own, err := s.SpaceAddresses(ctx, who, space)
	return &web.Out[SpaceMail]{Body: SpaceMail{shared, own}}, err
}
