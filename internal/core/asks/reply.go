package asks

import (
	"context"
	"slices"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// NewReply is a post with what it asks and what it answers.
type NewReply struct {
	Markdown string
	Files    []id.ID
	Asks     []NewAsk // their Thread and Post are filled in
	Answers  []id.ID  // the asks it answers; nil: the author's open ones here that a reply answers
	Info     bool     // expressly for information; asks nothing
}

// OpenThread opens a thread with its first post and the asks on it, all or nothing.
func (s *Service) OpenThread(ctx context.Context, a actor.Actor, t spaces.NewThread, n NewReply) (thread spaces.Thread, post spaces.Post, err error) {
	n.Answers = []id.ID{}
	p, err := n.compose()
	if err != nil {
		return thread, post, err
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if thread, err = s.spaces.OpenThreadTx(ctx, tx, a, t); err != nil {
			return err
		}
		p.Thread = thread.ID
		post, err = s.replyTx(ctx, tx, a, p, n)
		return err
	})
	return thread, post, err
}

// Reply posts in a thread: the post, what it asks and what it answers, all or nothing.
func (s *Service) Reply(ctx context.Context, a actor.Actor, thread id.ID, n NewReply) (post spaces.Post, err error) {
	p, err := n.compose()
	if err != nil {
		return post, err
	}
	p.Thread = thread
	if n.Answers == nil {
		// Whoever owes nothing here answers nothing; what is asked of them from now on
		// they have not read. That most replies are so is seen before the queue of writes.
		owes, err := openInThread(ctx, s.db, a.Workspace, a.Person, thread)
		if err != nil {
			return post, err
		}
		if len(owes) == 0 {
			n.Answers = []id.ID{}
		}
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		post, err = s.replyTx(ctx, tx, a, p, n)
		return err
	})
	return post, err
}

// ReplyTx is Reply in a transaction that is open already, with the post made
// beforehand by Compose: replies that come by mail use it.
func (s *Service) ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, p spaces.NewPost, n NewReply) (spaces.Post, error) {
	return s.replyTx(ctx, tx, a, p, n)
}

// compose renders the post before the transaction, so that nobody waits for it.
func (n NewReply) compose() (p spaces.NewPost, err error) {
	if len(n.Asks) > mostAsks {
		return p, wrongf("too_many", "asks", "Ask at most %d things in one post.", mostAsks)
	}
	if n.Info && len(n.Asks) > 0 {
		return p, wrong("info_asks", "info", "A post for information asks nothing; take the asks out, or the mark.")
	}
	p = spaces.NewPost{Markdown: n.Markdown, Files: n.Files, Info: n.Info}
	p.Body, err = spaces.Compose(n.Markdown, len(n.Files))
	return p, err
}

func (s *Service) replyTx(ctx context.Context, tx *db.Tx, a actor.Actor, p spaces.NewPost, n NewReply) (spaces.Post, error) {
	answers := n.Answers
	if answers == nil {
		var err error
		if answers, err = s.answeredByReply(ctx, tx, a.Person, p.Thread); err != nil {
			return spaces.Post{}, err
		}
	}
	// A post without an ask, and that answers none, is for information.
	p.Info = len(n.Asks) == 0 && len(answers) == 0 || n.Info
	post, err := s.spaces.PostTx(ctx, tx, a, p)
	if err != nil {
		return post, err
	}
	if err := s.answerByPost(ctx, tx, a, post, answers); err != nil {
		return post, err
	}
	for _, ask := range n.Asks {
		ask.Thread, ask.Post = post.Thread, post.ID
		if _, err := s.AskTx(ctx, tx, a, ask); err != nil {
			return post, err
		}
	}
	return post, nil
}

// answeredByReply lists the author's open asks of a thread that a written reply
// answers.
func (s *Service) answeredByReply(ctx context.Context, tx *db.Tx, person, thread id.ID) ([]id.ID, error) {
	ids, err := openInThread(ctx, tx, tx.Workspace, person, thread)
	if err != nil {
		return nil, err
	}
	list, err := loadAll(ctx, tx, tx.Workspace, ids)
	if err != nil {
		return nil, err
	}
	var out []id.ID
	for _, x := range list {
		if x.Kind.byReply() && !x.held() {
			out = append(out, x.ID)
		}
	}
	return out, nil
}

func (s *Service) answerByPost(ctx context.Context, tx *db.Tx, a actor.Actor, post spaces.Post, answers []id.ID) error {
	for i, x := range answers {
		if slices.Contains(answers[:i], x) {
			continue
		}
		c, err := s.find(ctx, tx, a, x)
		if err != nil {
			return err
		}
		if c.ask.ThreadID != post.Thread {
			return wrong("other_thread", "answers", "That ask is in another thread; answer it there.")
		}
		if c.ask.Kind == Approve {
			return fault.New(fault.Invalid, "value", "An approval is answered yes or no; do so on the ask itself.").At("answers")
		}
		if err := c.answer(ctx, Given{}, post.ID); err != nil {
			return err
		}
	}
	return nil
}

// AskOn makes an ask in a thread, on one of its posts; without a post it makes
// one that says what is asked.
func (s *Service) AskOn(ctx context.Context, a actor.Actor, n NewAsk) (out Ask, err error) {
	var p spaces.NewPost
	n = n.tidy("")
	if err := n.checkWords(); err != nil {
		return out, err
	}
	if n.Post.IsZero() {
		if p, err = (NewReply{Markdown: n.Text}).compose(); err != nil {
			return out, wrong("text_needed", "text", "Say in a line what you ask, or name the post you ask about.")
		}
	}
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		if n.Post.IsZero() {
			p.Thread = n.Thread
			post, err := s.spaces.PostTx(ctx, tx, a, p)
			if err != nil {
				return err
			}
			n.Post = post.ID
		} else if err := s.onPost(ctx, tx, a, n); err != nil {
			return err
		}
		out, err = s.AskTx(ctx, tx, a, n)
		return err
	})
	return out, err
}

func (s *Service) onPost(ctx context.Context, tx *db.Tx, a actor.Actor, n NewAsk) error {
	post, err := s.spaces.Post(ctx, tx, a, n.Post)
	if err != nil {
		return err
	}
	if post.Thread != n.Thread || post.Deleted() || post.Kind != spaces.KindPost {
		return fault.Missing("post")
	}
	return nil
}
