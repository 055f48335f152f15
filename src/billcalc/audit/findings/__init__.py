"""What an audit found, and its life until it is corrected: pure records and rules; ``billcalc.store`` keeps them."""
