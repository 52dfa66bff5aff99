package push

import (
	"context"
	"fmt"

	"github.com/SherClockHolmes/webpush-go"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// keyPair signs what we send. It lies in the database and so in every backup: with
// another pair, every device would have to be asked anew.
type keyPair struct{ PublicKey, PrivateKey string }

// PublicKey is what a browser binds its subscription to, in base64url.
func (s *Service) PublicKey(ctx context.Context) (string, error) {
	k, err := s.keyPair(ctx)
	return k.PublicKey, err
}

// keyPair reads the keys, and makes them when they are needed first. Of several
// nodes that do so at once, one pair stays.
func (s *Service) keyPair(ctx context.Context) (keyPair, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keys.PublicKey != "" {
		return s.keys, nil
	}
	k, ok, err := loadKeys(ctx, s.db)
	if err != nil {
		return k, err
	}
	if !ok {
		if k.PrivateKey, k.PublicKey, err = webpush.GenerateVAPIDKeys(); err != nil {
			return k, fmt.Errorf("push: make keys: %w", err)
		}
		err = s.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("the keys of push are made")
			if err := insertKeys(ctx, tx, k); err != nil {
				return err
			}
			k, _, err = loadKeys(ctx, tx)
			return err
		})
		if err != nil {
			return k, err
		}
	}
	s.keys = k
	return k, nil
}
