"""Speed and quality measurements, run by hand; tests never time anything."""
