package mongo

import (
	"go.mongodb.org/mongo-driver/v2/bson"

	"github.com/smallwins/smallwins/store/document"
)

// filter returns what a query's documents match.
func filter(plan document.Plan) bson.D {
	match := bson.D{}
	for i, key := range plan.Equals {
		match = append(match, bson.E{Key: key, Value: plan.Equal[i]})
	}
	var bounds bson.D
	if plan.From != nil {
		bounds = append(bounds, bson.E{Key: "$gte", Value: plan.From})
	}
	if plan.Until != nil {
		bounds = append(bounds, bson.E{Key: "$lt", Value: plan.Until})
	}
	if bounds != nil {
		match = append(match, bson.E{Key: plan.Ordered, Value: bounds})
	}
	if plan.After != nil {
		match = append(match, bson.E{Key: "$and", Value: behind(plan)})
	}
	return match
}

// behind returns the conditions of being further in the order than a cursor.
// The bound on the key is implied by what follows it; it is what lets the
// server begin in the index at the cursor.
func behind(plan document.Plan) bson.A {
	strictly, including := "$gt", "$gte"
	if plan.Descending {
		strictly, including = "$lt", "$lte"
	}
	id := bson.D{{Key: "_id", Value: bson.D{{Key: strictly, Value: plan.After.ID}}}}
	if plan.Ordered == "" {
		return bson.A{id}
	}
	return bson.A{
		bson.D{{Key: plan.Ordered, Value: bson.D{{Key: including, Value: plan.After.Key}}}},
		bson.D{{Key: "$or", Value: bson.A{
			bson.D{{Key: plan.Ordered, Value: bson.D{{Key: strictly, Value: plan.After.Key}}}}, id,
		}}},
	}
}

// order returns the order of a query's documents.
func order(plan document.Plan) bson.D {
	direction := 1
	if plan.Descending {
		direction = -1
	}
	id := bson.E{Key: "_id", Value: direction}
	if plan.Ordered == "" {
		return bson.D{id}
	}
	return bson.D{{Key: plan.Ordered, Value: direction}, id}
}
