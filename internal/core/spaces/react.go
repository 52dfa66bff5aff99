package spaces

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// maxEmojis is how many different reactions one post may have.
const maxEmojis = 20

// React puts a reaction on a post, or takes one's own back. Twice is once.
func (s *Service) React(ctx context.Context, a actor.Actor, post id.ID, emoji string, on bool) error {
	if !isEmoji(emoji) {
		return fault.New(fault.Invalid, "not_an_emoji", "Choose an emoji to react with.").At("emoji")
	}
	return s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		p, t, sp, err := s.post(ctx, tx, a, post)
		if err != nil {
			return err
		}
		if p.Deleted() {
			return deleted()
		}
		if !sp.mayPost(a) {
			return archived(sp.Space)
		}
		changed, err := s.react(ctx, tx, a, p.ID, emoji, on)
		if err != nil {
			return err
		}
		if !changed {
			tx.Quiet("the reaction is as it was")
			return nil
		}
		if err := touch(ctx, tx, t.ID); err != nil {
			return err
		}
		event.Append(tx, event.New{
			Kind: EventReacted, Actor: a.Person, Subject: postRef(p.ID), Space: t.Space, Thread: t.ID, Data: Reacted{Emoji: emoji, On: on},
		})
		return nil
	})
}

func (s *Service) react(ctx context.Context, tx *db.Tx, a actor.Actor, post id.ID, emoji string, on bool) (bool, error) {
	if !on {
		return deleteReaction(ctx, tx, post, emoji, a.Person)
	}
	have, err := emojisOf(ctx, tx, a.Workspace, post)
	if err != nil {
		return false, err
	}
	if !slices.Contains(have, emoji) && len(have) >= maxEmojis {
		return false, fault.Newf(fault.Conflict, "many_reactions", "This post has %d different reactions already. Join one of them.", maxEmojis)
	}
	return insertReaction(ctx, tx, post, emoji, a.Person, tx.Now)
}

// isEmoji takes one emoji, or a word between colons that an import brought along
// (":shipit:").
func isEmoji(s string) bool {
	if name, ok := strings.CutPrefix(s, ":"); ok {
		name, ok = strings.CutSuffix(name, ":")
		return ok && name != "" && len(name) <= 60 && !strings.ContainsFunc(name, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("_-+'", r))
		})
	}
	if s == "" || len(s) > 64 || !utf8.ValidString(s) {
		return false
	}
	symbols, keycap := 0, strings.HasSuffix(s, "\u20e3")
	for _, r := range s {
		switch {
		case unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) && r > 0xff || r == 0x203c || r == 0x2049 || r >= 0x2190 && r <= 0x21ff || r >= 0x25fb && r <= 0x2bff || r == 0x3030 || r == 0x303d:
			symbols++
		case r == 0x200d || r == 0xfe0f || r == 0x20e3 || r >= 0xe0020 && r <= 0xe007f: // joiners, styles, flags of regions
		case keycap && (r >= '0' && r <= '9' || r == '#' || r == '*'):
			symbols++
		default:
			return false
		}
	}
	return symbols >= 1 && symbols <= 10
}
