@component('mail::message')
# Time to reorder

Hi {{ $customer->first_name }},

Your last pack of Microgynon runs out around {{ $runsOut->format('j F') }}. Reorder in two taps, no need to see anyone.

@component('mail::button', ['url' => $url]) Reorder @endcomponent
@endcomponent
