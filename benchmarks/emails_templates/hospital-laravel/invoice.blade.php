<p>Dear {{ $invoice->patient->name }},</p><p>Your hospital bill {{ $invoice->id }} amounts to {{ $invoice->amount }}.</p>
