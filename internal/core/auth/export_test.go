package auth

// Hashes counts the passwords hashed so far.
func Hashes(s *Service) int64 { return s.hash.done.Load() }
