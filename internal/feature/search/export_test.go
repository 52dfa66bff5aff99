package search

// ByStretches makes PostgreSQL look for rare words as it does for common ones.
func (s *Service) ByStretches() { s.fewHits = -1 }
