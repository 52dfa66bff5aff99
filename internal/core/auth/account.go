package auth

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

type account struct {
	AccountID id.ID
	Email     string
	Password  string // PHC
	CreatedAt clock.Instant
	ChangedAt clock.Instant
}

// AddAccountTx lets a person sign in with an e-mail and a password. It hashes
// inside the transaction and does not apply the rule for passwords: it is for
// seeds and imports, never for a request. An e-mail that has an account already
// becomes that account's door into this workspace too; its password stays.
func (s *Service) AddAccountTx(ctx context.Context, tx *db.Tx, person id.ID, email, password string) error {
	email = people.FoldEmail(email)
	if email == "" {
		return fault.New(fault.Invalid, "bad_email", "This does not look like an e-mail address.").At("email")
	}
	have, ok, err := loadAccount(ctx, tx, email)
	if err != nil {
		return err
	}
	if ok {
		return insertMember(ctx, tx, person, have.AccountID)
	}
	hash, err := s.hash.make(ctx, password)
	if err != nil {
		return err
	}
	_, err = addAccount(ctx, tx, person, email, hash)
	return err
}

func addAccount(ctx context.Context, tx *db.Tx, person id.ID, email, hash string) (account, error) {
	acc := account{AccountID: id.New(tx.Now), Email: email, Password: hash, CreatedAt: tx.Now, ChangedAt: tx.Now}
	if err := insertAccount(ctx, tx, acc); err != nil {
		if db.Duplicate(err) {
			return acc, fault.New(fault.Conflict, "email_taken", "This e-mail address has an account already. Sign in with it instead.").At("email")
		}
		return acc, err
	}
	return acc, insertMember(ctx, tx, person, acc.AccountID)
}
