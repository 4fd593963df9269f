package coaching

import "math"

// paceBins is into how many parts of like exposure a period's shape is cut.
const paceBins = 10

// paceShape is how a period usually runs, as the share of its total that is
// reached when i of paceBins parts of its exposure are done. It holds what
// weekdays and seasons don't: the rush at a month's end.
type paceShape [paceBins + 1]float64

// evenShape is the shape of a period that has none.
func evenShape() (shape paceShape) {
	for i := range shape {
		shape[i] = float64(i) / paceBins
	}
	return shape
}

// at returns the share of the total that is usual when the share x of the
// exposure is done.
func (s *paceShape) at(x float64) float64 {
	x = min(max(x, 0), 1) * paceBins
	i := min(int(x), paceBins-1)
	return s[i] + (x-float64(i))*(s[i+1]-s[i])
}

// learnShape finds the shape of the periods given. Each part's share is the
// mean over periods and teams, shrunk towards the even shape as far as the
// parts differ no more than they do by chance from period to period
// (James and Stein 1961, positive part). With fewer than three periods it is
// even.
func (b *PaceBook) learnShape(views []paceView) paceShape {
	const fewest = 3
	if len(views) < fewest {
		return evenShape()
	}
	var mean, squares [paceBins]float64
	n := 0.0
	for j := range views {
		density, ok := b.density(&views[j])
		if !ok {
			continue
		}
		n++
		for i, d := range density {
			mean[i] += d
			squares[i] += d * d
		}
	}
	if n < fewest {
		return evenShape()
	}
	signal, noise := 0.0, 0.0
	for i := range mean {
		mean[i] /= n
		signal += (mean[i] - 1) * (mean[i] - 1)
		noise += math.Max(squares[i]/n-mean[i]*mean[i], 0) / (n - 1)
	}
	shape := evenShape()
	if signal <= noise {
		return shape
	}
	shrink := 1 - noise/signal
	total := 0.0
	for i := range mean {
		total += max(1+shrink*(mean[i]-1), paceLeastSeason)
		shape[i+1] = total
	}
	for i := range shape {
		shape[i] /= total
	}
	return shape
}

// density returns how much each part of a past period brought, over what its
// exposure would: 1 where it is as expected. It is the mean over teams.
func (b *PaceBook) density(v *paceView) (density [paceBins]float64, ok bool) {
	teams := 0.0
	for i := range b.crews {
		crew := &b.crews[i]
		from, to := max(v.from, crew.from), min(v.to, b.last)+1
		if from > v.from || to <= from {
			continue
		}
		total, exposure := b.between(crew.rhythm, from, to), b.between(crew.exposure, from, to)
		if total <= 0 || exposure <= 0 {
			continue
		}
		var part, partExposure [paceBins]float64
		for serial := from; serial < to; serial++ {
			start := b.between(crew.exposure, from, serial) / exposure
			width := b.between(crew.exposure, serial, serial+1) / exposure
			i := min(int((start+width/2)*paceBins), paceBins-1)
			part[i] += b.between(crew.rhythm, serial, serial+1) / total
			partExposure[i] += width
		}
		for i := range part {
			if partExposure[i] > 0 {
				density[i] += part[i] / partExposure[i]
			} else {
				density[i]++
			}
		}
		teams++
	}
	if teams == 0 {
		return density, false
	}
	for i := range density {
		density[i] /= teams
	}
	return density, true
}
