
(function () {
  'use strict';
  var EPSILON = 0.0005;

  // Neither the sign for "less" nor the one for "and" stands here: HTML and XML read them differently.
  function brief(name) {
    var words = name.split('.');
    if (name.charAt(0) === '[') {
      return words.length > 1 ? '[' + words[words.length - 1] : name;
    }
    return words.slice(Math.max(0, words.length - 2)).join('.');
  }

  function within(frame, outer) {
    return frame.x + EPSILON >= outer.x ? outer.x + outer.width + EPSILON >= frame.x + frame.width : false;
  }

  function show(frame, x, width) {
    var element = frame.element;
    element.setAttribute('x', x + '%');
    element.setAttribute('width', Math.max(0, width) + '%');
    element.classList.toggle('thin', 0.08 > width);
    var text = element.querySelector('text');
    if (width > 3) {
      if (!text) {
        text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
        text.setAttribute('x', '4');
        text.setAttribute('y', '13');
        text.textContent = brief(frame.name);
        element.appendChild(text);
      }
      text.removeAttribute('visibility');
    } else if (text) {
      text.setAttribute('visibility', 'hidden');
    }
  }

  function arrange(profile) {
    var svg = profile.querySelector('svg.flame');
    var tools = profile.querySelector('.tools');
    var find = tools.querySelector('input');
    var said = tools.querySelector('.said');
    var frames = Array.prototype.map.call(svg.children, function (element) {
      var title = element.querySelector('title');
      return title ? {
        element: element,
        name: title.textContent.split('\n')[0],
        x: parseFloat(element.getAttribute('x')),
        y: parseFloat(element.getAttribute('y')),
        width: parseFloat(element.getAttribute('width'))
      } : null;
    }).filter(Boolean);
    var whole = { x: 0, y: 0, width: 100 };

    function zoom(to) {
      frames.forEach(function (frame) {
        var above = to.y > frame.y;
        var visible = above ? within(to, frame) : within(frame, to);
        frame.element.classList.toggle('away', !visible);
        frame.element.classList.toggle('above', above);
        if (visible) {
          if (above) {
            show(frame, 0, 100);
          } else {
            show(frame, (frame.x - to.x) * 100 / to.width, frame.width * 100 / to.width);
          }
        }
      });
      tools.querySelector('button').disabled = to === whole;
    }

    function search() {
      var wanted = find.value.trim().toLowerCase();
      var found = frames.filter(function (frame) {
        var hit = wanted ? frame.name.toLowerCase().indexOf(wanted) >= 0 : false;
        frame.element.classList.toggle('hit', hit);
        return hit;
      });
      svg.classList.toggle('searched', wanted.length > 0);
      // A frame inside another that was found adds nothing.
      found.sort(function (a, b) { return a.x - b.x || b.width - a.width; });
      var end = -1;
      var share = 0;
      found.forEach(function (frame) {
        if (frame.x + EPSILON >= end) {
          share += frame.width;
          end = frame.x + frame.width;
        }
      });
      said.textContent = wanted ? found.length + (found.length === 1 ? ' frame, ' : ' frames, ') + share.toFixed(1) + ' % of all' : '';
    }

    frames.forEach(function (frame) {
      frame.element.addEventListener('click', function () {
        zoom(frame.y > 0 ? frame : whole);
      });
    });
    find.addEventListener('input', search);
    tools.querySelector('button').addEventListener('click', function () {
      find.value = '';
      search();
      zoom(whole);
    });
    Array.prototype.forEach.call(profile.querySelectorAll('.method code'), function (code) {
      code.addEventListener('click', function () {
        find.value = code.textContent;
        search();
        svg.scrollIntoView({ block: 'nearest' });
      });
    });
    tools.hidden = false;
    zoom(whole);
  }

  Array.prototype.forEach.call(document.querySelectorAll('.profile'), arrange);
})();
