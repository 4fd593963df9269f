package coaching

import "math"

// paceBins is into how many parts of like exposure a period's shape is cut.
const paceBins = 10

// paceShape is how a period usually runs, as the share of its total that is
// reached when i of paceBins parts of its exposure are done. It holds what
// weekdays and seasons don't: the rush at a month's end.
type paceShape [paceBins + 1]float64

// at returns the share of the total that is usual when the share x of the
// exposure is done.
func (s *paceShape) at(x float64) float64 {
	x = min(max(x, 0), 1) * paceBins
	i := min(int(x), paceBins-1)
	return s[i] + (x-float64(i))*(s[i+1]-s[i])
}

// paceProfile is what each part of past periods brought, over what its
// exposure would: 1 where it is as expected.
type paceProfile struct {
	mean  [paceBins]float64
	noise float64 // squared standard error of the mean, summed over the parts
	n     int     // periods seen
}

// learnShape finds the shape of a team's periods: that of all teams of the
// book, moved towards the team's own. With fewer than three periods it is
// even.
func (b *PaceBook) learnShape(team int, views []paceView) paceShape {
	var parts [paceBins]float64
	for i := range parts {
		parts[i] = 1
	}
	season := &b.seasons[len(b.seasons)-1]
	all := profileOf(views, func(v *paceView) ([paceBins]float64, bool) { return b.meanDensity(v, season) })
	parts = all.shrunkTo(parts)
	if len(b.crews) > 1 {
		own := profileOf(views, func(v *paceView) ([paceBins]float64, bool) { return b.density(&b.crews[team], v, season) })
		parts = own.shrunkTo(parts)
	}
	var shape paceShape
	total := 0.0
	for i, part := range parts {
		total += max(part, paceLeastSeason)
		shape[i+1] = total
	}
	for i := range shape {
		shape[i] /= total
	}
	return shape
}

func profileOf(views []paceView, density func(*paceView) ([paceBins]float64, bool)) (profile paceProfile) {
	var squares [paceBins]float64
	for j := range views {
		parts, ok := density(&views[j])
		if !ok {
			continue
		}
		profile.n++
		for i, d := range parts {
			profile.mean[i] += d
			squares[i] += d * d
		}
	}
	n := float64(profile.n)
	for i := range squares {
		profile.mean[i] /= max(n, 1)
		profile.noise += math.Max(squares[i]/max(n, 1)-profile.mean[i]*profile.mean[i], 0) / max(n-1, 1)
	}
	return profile
}

// shrunkTo moves the parts towards the profile as far as the two differ by
// more than chance from period to period explains (James and Stein 1961,
// positive part).
func (p *paceProfile) shrunkTo(parts [paceBins]float64) [paceBins]float64 {
	const fewest = 3
	if p.n < fewest {
		return parts
	}
	signal := 0.0
	for i, mean := range p.mean {
		signal += (mean - parts[i]) * (mean - parts[i])
	}
	noise := paceShapeDoubt * p.noise
	if signal <= noise {
		return parts
	}
	trust := 1 - noise/signal
	for i, mean := range p.mean {
		parts[i] += trust * (mean - parts[i])
	}
	return parts
}

// meanDensity is the mean density of a past period over the teams.
func (b *PaceBook) meanDensity(v *paceView, season *paceSeason) (mean [paceBins]float64, ok bool) {
	teams := 0.0
	for i := range b.crews {
		density, ok := b.density(&b.crews[i], v, season)
		if !ok {
			continue
		}
		teams++
		for i, d := range density {
			mean[i] += d
		}
	}
	if teams == 0 {
		return mean, false
	}
	for i := range mean {
		mean[i] /= teams
	}
	return mean, true
}

// density returns how much each part of a past period brought to a team over
// what its exposure would. Seasons are taken out, or a quarter would count
// them twice.
func (b *PaceBook) density(crew *paceCrew, v *paceView, season *paceSeason) (density [paceBins]float64, ok bool) {
	if crew.from > v.from || v.to > b.last {
		return density, false
	}
	total, exposure := b.between(crew.rhythm, v.from, v.to+1), b.exposure(crew, v.from, v.to+1, season)
	if total <= 0 || exposure <= 0 {
		return density, false
	}
	var widths [paceBins]float64
	start := 0.0
	block := b.blockAt(v.from)
	for serial := v.from; serial <= v.to; serial++ {
		if b.blocks[block].to <= serial {
			block++
		}
		width := season[b.blocks[block].month] * b.between(crew.exposure, serial, serial+1) / exposure
		i := min(int((start+width/2)*paceBins), paceBins-1)
		density[i] += b.between(crew.rhythm, serial, serial+1) / total
		widths[i] += width
		start += width
	}
	for i, width := range widths {
		if width > 0 {
			density[i] /= width
		} else {
			density[i] = 1
		}
	}
	return density, true
}
