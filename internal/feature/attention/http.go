package attention

import (
	"context"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// Routes registers the operations.
func (s *Service) Routes(a *web.API) {
	const tag = "attention"
	web.Handle(a, web.Op{Method: "GET", Path: "/inbox", ID: "getInbox", Summary: "Read your inbox", Tag: tag}, s.getInbox)
	web.Handle(a, web.Op{Method: "POST", Path: "/inbox/{key}/done", ID: "putAway", Summary: "Put a row of your inbox away", Tag: tag, Status: 204}, s.putAway)
	web.Handle(a, web.Op{Method: "DELETE", Path: "/inbox/{key}/done", ID: "bringBack", Summary: "Bring back a row that you put away", Tag: tag, Status: 204}, s.bringBack)
	web.Handle(a, web.Op{Method: "POST", Path: "/inbox/{key}/snooze", ID: "snooze", Summary: "Put a row off", Tag: tag, Status: 200}, s.postSnooze)
	web.Handle(a, web.Op{Method: "DELETE", Path: "/inbox/{key}/snooze", ID: "unsnooze", Summary: "Bring back a row that you put off", Tag: tag, Status: 204}, s.deleteSnooze)
	web.Handle(a, web.Op{Method: "GET", Path: "/digests", ID: "listDigests", Summary: "List your digests", Tag: tag}, s.listDigests)
	web.Handle(a, web.Op{Method: "GET", Path: "/digests/{digest}", ID: "getDigest", Summary: "Read one of your digests", Tag: tag}, s.getDigest)
	web.Handle(a, web.Op{Method: "GET", Path: "/me/catch-up", ID: "getCatchUp", Summary: "Read what happened while you were away", Tag: tag}, s.getCatchUp)
	web.Handle(a, web.Op{Method: "GET", Path: "/me/attention", ID: "getAttention", Summary: "See how you want to be reached", Tag: tag}, s.getSettings)
	web.Handle(a, web.Op{Method: "PUT", Path: "/me/attention", ID: "setAttention", Summary: "Say how you want to be reached", Tag: tag}, s.putSettings)
}

type inboxIn struct {
	Tab   string `query:"tab" enum:"owe,owed,info,snoozed" default:"owe"`
	After string `query:"after" maxLength:"80"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

func (s *Service) getInbox(ctx context.Context, in *inboxIn) (*web.Out[Inbox], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	body, err := s.Inbox(ctx, who, in.Tab, in.After, in.Limit)
	return &web.Out[Inbox]{Body: body}, err
}

type keyIn struct {
	Key string `path:"key" maxLength:"64"`
}

func (s *Service) putAway(ctx context.Context, in *keyIn) (*web.None, error) {
	return s.tidy(ctx, func(a actor.Actor) error { return s.Done(ctx, a, in.Key, true) })
}

func (s *Service) bringBack(ctx context.Context, in *keyIn) (*web.None, error) {
	return s.tidy(ctx, func(a actor.Actor) error { return s.Done(ctx, a, in.Key, false) })
}

func (s *Service) deleteSnooze(ctx context.Context, in *keyIn) (*web.None, error) {
	return s.tidy(ctx, func(a actor.Actor) error { return s.Unsnooze(ctx, a, in.Key) })
}

func (s *Service) tidy(ctx context.Context, f func(actor.Actor) error) (*web.None, error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	return &web.None{}, f(who)
}

type snoozeIn struct {
	Key  string `path:"key" maxLength:"64"`
	Body struct {
		Until     *time.Time `json:"until,omitempty" doc:"A moment in the future."`
		NextStart bool       `json:"next_start,omitempty" doc:"Until your next working day begins."`
		OnReplyBy string     `json:"on_reply_by,omitempty" doc:"Until this person posts in the thread." maxLength:"64"`
	}
}

// SnoozeOut says until when a row is put off.
type SnoozeOut struct {
	Until *time.Time `json:"until" nullable:"true" doc:"Null when it waits for a reply."`
}

func (s *Service) postSnooze(ctx context.Context, in *snoozeIn) (*web.Out[SnoozeOut], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	u := Until{NextStart: in.Body.NextStart}
	if in.Body.Until != nil {
		u.At = clock.At(*in.Body.Until)
	}
	if in.Body.OnReplyBy != "" {
		if u.ReplyBy, err = id.Decode("per", in.Body.OnReplyBy); err != nil {
			return nil, err
		}
	}
	until, err := s.Snooze(ctx, who, in.Key, u)
	return &web.Out[SnoozeOut]{Body: SnoozeOut{Until: until.Pointer()}}, err
}

// SettingsBody is how somebody wants to be reached.
type SettingsBody struct {
	Mail             bool `json:"mail" doc:"Send each digest by e-mail too."`
	PageOutsideHours bool `json:"page_outside_hours" doc:"Urgent asks may reach you at any hour."`

	MailAsks  string `json:"mail_asks,omitempty" enum:"each,digest,none" default:"digest" doc:"What you are asked comes by mail each by itself, with the digest, or not at all."`
	MailNews  string `json:"mail_news,omitempty" enum:"digest,none" default:"digest" doc:"What became of your own asks."`
	MailInfo  string `json:"mail_info,omitempty" enum:"digest,none" default:"digest" doc:"Mentions, posts and conclusions."`
	MailPlain bool   `json:"mail_plain,omitempty" doc:"Mail without HTML."`
}

func (s *Service) getSettings(ctx context.Context, _ *struct{}) (*web.Out[SettingsBody], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	w, err := s.Settings(ctx, who)
	return &web.Out[SettingsBody]{Body: SettingsBody(w)}, err
}

func (s *Service) putSettings(ctx context.Context, in *struct{ Body SettingsBody }) (*web.Out[SettingsBody], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	return &web.Out[SettingsBody]{Body: in.Body}, s.SetSettings(ctx, who, Settings(in.Body))
}
