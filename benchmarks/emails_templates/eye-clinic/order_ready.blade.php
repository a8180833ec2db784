<p>Dear {{ $customer->name }},</p><p>Your contact lenses are ready. Come and get them at {{ $store->name }}.</p>
